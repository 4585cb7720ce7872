package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.SubWords;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagAlignmentTest {
  private static final Map<String, Integer> INDEX = Map.of("O", 0, "B-A", 1, "I-A", 2);

  /** [CLS] Jo ##han in a word of another window [SEP] */
  private static final TokenIds INPUT =
      new TokenIds(new int[6], 6, new int[] {-1, 0, 0, 1, -1, -1});

  @Test
  void shouldTeachTheFirstTokenAlone_whenAskedFor() {
    assertThat(new TagAlignment(INDEX, SubWords.FIRST).of(INPUT, List.of("B-A", "O", "B-A")))
        .containsExactly(-1, 1, -1, 0, -1, -1);
  }

  @Test
  void shouldGoOnWithI_whenEveryTokenIsTaught() {
    assertThat(new TagAlignment(INDEX, SubWords.ALL).of(INPUT, List.of("B-A", "O", "B-A")))
        .containsExactly(-1, 1, 2, 0, -1, -1);
  }
}
