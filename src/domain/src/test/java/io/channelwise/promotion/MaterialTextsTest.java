package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaterialTextsTest {
  private static final Material STORY = new Material("story", "post", "shop", "标题", "正文。");

  @Test
  void shouldDescribeASegmentByWhatItsCustomersNamedMost() {
    assertThat(MaterialTexts.segment("banks", List.of())).isEqualTo("banks");
    assertThat(MaterialTexts.segment("银行", List.of("慢", "贵"))).isEqualTo("银行: 慢; 贵");
    assertThat(MaterialTexts.segment("s", List.of("a", "b", "c", "d", "e", "f")))
        .isEqualTo("s: a; b; c; d; e");
  }

  @Test
  void shouldReadTitleAndText_butNoMoreThanAModelCan() {
    assertThat(MaterialTexts.material(STORY)).isEqualTo("标题\n正文。");
    // A character outside the basic plane counts once and is not torn.
    Material book = new Material("book", "paper", "shop", "😀", "😀".repeat(3000));
    assertThat(MaterialTexts.material(book).codePointCount(0, 4000 - 1)).isEqualTo(2000);
    assertThat(MaterialTexts.material(book)).endsWith("😀");
  }

  @Test
  void shouldPairEverySegmentWithEveryMaterialOnce() {
    List<MaterialPair> pairs =
        MaterialTexts.pairs(
            List.of("z", "a"),
            Map.of("a", List.of("late")),
            List.of(
                STORY,
                new Material("case", "case study", "web", "Case", "B"),
                new Material("story", "post", "web", "another title", "C")));

    assertThat(pairs)
        .containsExactly(
            new MaterialPair("z", "case", "z", "Case\nB"),
            new MaterialPair("z", "story", "z", "标题\n正文。"),
            new MaterialPair("a", "case", "a: late", "Case\nB"),
            new MaterialPair("a", "story", "a: late", "标题\n正文。"));
  }
}
