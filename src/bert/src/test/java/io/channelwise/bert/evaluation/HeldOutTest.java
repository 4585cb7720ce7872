package io.channelwise.bert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.Example;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  private static List<Example> examples(String... labels) {
    List<Example> result = new ArrayList<>();
    for (String label : labels) {
      for (int i = 0; i < 10; i++) {
        result.add(new Example(label + " " + i, label));
      }
    }
    return result;
  }

  @Test
  void shouldHoldOutTheSameShareOfEachClass_andKeepTheOrder() {
    List<Example> all = examples("a", "b", "c");
    HeldOut parts = HeldOut.split(all, 0.2, 7);
    assertThat(parts.eval())
        .extracting(Example::label)
        .containsExactly("a", "a", "b", "b", "c", "c");
    assertThat(parts.train()).hasSize(24).isSubsetOf(all).doesNotContainAnyElementsOf(parts.eval());
    assertThat(HeldOut.split(all, 0.2, 7)).isEqualTo(parts);
    assertThat(HeldOut.split(all, 0.2, 8)).isNotEqualTo(parts);
  }

  @Test
  void shouldLeaveEveryLabelInTraining_whenSomeAreRare() {
    List<Example> all = new ArrayList<>(examples("a"));
    all.add(new Example("alone", "rare"));
    assertThat(HeldOut.split(all, 0.9, 1).train()).extracting(Example::label).contains("rare", "a");

    List<Example> sets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sets.add(Example.multiLabel(List.of("text " + i), List.of("all", "only " + i % 15)));
    }
    HeldOut parts = HeldOut.split(sets, 0.5, 3);
    List<String> known = parts.train().stream().flatMap(e -> e.labels().stream()).toList();
    assertThat(parts.eval()).isNotEmpty().allMatch(e -> known.containsAll(e.labels()));
  }

  @Test
  void shouldRefuseAShareThatLeavesNothing() {
    assertThatThrownBy(() -> HeldOut.split(examples("a"), 1, 1))
        .hasMessage("held-out share is 1.0; expected above 0 and below 1.");
  }
}
