package io.channelwise.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.feedback.DatasetRules.Made;
import io.channelwise.feedback.DatasetRules.Placed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DatasetRulesTest {

  private static List<Example> rows(String label, int count) {
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Example("%s text %d".formatted(label, i), label));
    }
    return rows;
  }

  private static List<Example> all(int a, int b) {
    List<Example> rows = rows("a", a);
    rows.addAll(rows("b", b));
    return rows;
  }

  private static Map<Split, Long> sizes(Made made, String label) {
    return made.examples().stream()
        .filter(p -> p.label().equals(label))
        .collect(Collectors.groupingBy(Placed::split, Collectors.counting()));
  }

  @Test
  void shouldKeepAFifthOfEachClassForEvaluation() {
    Made made = make(all(100, 6), "it");

    assertThat(sizes(made, "a")).isEqualTo(Map.of(Split.TRAIN, 80L, Split.EVAL, 20L));
    // 6 / 5 = 1.2, rounded 1.
    assertThat(sizes(made, "b")).isEqualTo(Map.of(Split.TRAIN, 5L, Split.EVAL, 1L));
    assertThat(made.labels()).containsExactly("a", "b");
  }

  @Test
  void shouldNotDependOnTheOrderOfTheRows() {
    List<Example> shuffled = all(40, 40);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(make(shuffled, "it")).isEqualTo(make(all(40, 40), "it"));
  }

  @Test
  void shouldHashTheContent() {
    // From Python's hashlib over label, NUL, text, LF of the rows sorted by text.
    assertThat(make(all(10, 10), "it").sha256())
        .isEqualTo("5432bd936bc272a7e226872e7759d5637de9aef42ff4fc8347d9f874c81bb5af")
        .isNotEqualTo(make(all(10, 11), "it").sha256());
  }

  @Test
  void shouldTakeTheLatestLabel_whenATextComesTwice() {
    List<Example> rows = all(15, 15);
    rows.add(new Example("  A  TEXT 3 ", "b"));

    Made made = make(rows, "it");

    assertThat(made.examples()).hasSize(30);
    assertThat(made.examples())
        .filteredOn(p -> DatasetRules.normalised(p.text()).equals("a text 3"))
        .singleElement()
        .satisfies(p -> assertThat(p.label()).isEqualTo("b"));
    assertThat(DatasetRules.normalised("ＡＰＩ　报错")).isEqualTo("api 报错");
  }

  @Test
  void shouldDropSmallClasses_andReportThem() {
    List<Example> rows = all(15, 15);
    rows.addAll(rows("rare", 4));

    Made made = make(rows, "it");

    assertThat(made.labels()).containsExactly("a", "b");
    assertThat(made.dropped()).isEqualTo(Map.of("rare", 4));
  }

  @Test
  void shouldRefuse_whenTooLittleIsLeft() {
    assertThatThrownBy(() -> make(List.of(), "Dataset d"))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageStartingWith("Dataset d was not built: 0 different labelled texts were found");
    assertThatThrownBy(() -> make(rows("a", 100), "Dataset d"))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("100 of them in 1 classes");
    assertThatThrownBy(() -> make(all(16, 3), "Dataset d"))
        .hasMessageContaining("Too small: {b=3}.");
    assertThat(make(all(14, 6), "d").examples()).hasSize(20);
  }

  @Test
  void shouldHardlyMoveTextsBetweenTheParts_whenFeedbackIsAdded() {
    Set<String> judged = eval(all(200, 200));
    Set<String> learned = train(all(220, 220));

    long moved = judged.stream().filter(learned::contains).count();

    assertThat(moved).isLessThanOrEqualTo(judged.size() / 10);
  }

  private static Set<String> eval(List<Example> rows) {
    return texts(rows, Split.EVAL);
  }

  private static Set<String> train(List<Example> rows) {
    return texts(rows, Split.TRAIN);
  }

  @Test
  void shouldTellPairsApartByBothTexts_andHashThemBoth() {
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(new Example("shops", "story " + i, "suits"));
      rows.add(new Example("banks", "story " + i, "not"));
    }
    Made made = make(rows, "it");

    assertThat(made.examples()).hasSize(20);
    assertThat(made.examples()).extracting(Placed::pair).doesNotContainNull();
    assertThat(made.examples()).filteredOn(p -> p.split() == Split.EVAL).hasSize(4);
    rows.set(0, new Example("shops", "another story", "suits"));
    assertThat(make(rows, "it").sha256()).isNotEqualTo(made.sha256());
    // The same pair again, in other letters, is no new one; its latest label wins.
    rows.set(0, new Example("SHOPS", " Story  0", "suits"));
    assertThat(make(rows, "it").examples()).hasSize(20);
  }

  private static Made make(List<Example> rows, String what) {
    return DatasetRules.make(rows, what, "Import more.");
  }

  private static Set<String> texts(List<Example> rows, Split split) {
    return make(rows, "it").examples().stream()
        .filter(p -> p.split() == split)
        .map(Placed::text)
        .collect(Collectors.toSet());
  }
}
