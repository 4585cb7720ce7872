package io.channelwise.bench.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.Example;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void shouldHoldOutTheSameShareOfEachClass() {
    List<Example> train = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      train.add(new Example("often " + i, "often"));
    }
    train.add(new Example("rare 1", "rare"));
    train.add(new Example("rare 2", "rare"));
    train.add(new Example("alone", "single"));

    Split split = new Split(train, List.of(), List.of()).holdOut(0.1, 7);

    assertThat(split.dev()).filteredOn(e -> e.label().equals("often")).hasSize(4);
    assertThat(split.dev()).filteredOn(e -> e.label().equals("rare")).hasSize(1);
    assertThat(split.dev()).filteredOn(e -> e.label().equals("single")).isEmpty();
    assertThat(split.train()).hasSize(38).doesNotContainAnyElementsOf(split.dev());
    assertThat(new Split(train, List.of(), List.of()).holdOut(0.1, 7)).isEqualTo(split);
  }

  @Test
  void shouldDrawSoManyOfEachClass_whenTextsAreFew() {
    List<Example> train = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      train.add(new Example("text " + i, i % 10 == 0 ? "rare" : "often"));
    }
    Split all = new Split(train, List.of(), List.of());

    Split drawn = all.perClass(6, 7);

    assertThat(drawn.train()).filteredOn(e -> e.label().equals("often")).hasSize(6);
    assertThat(drawn.train()).filteredOn(e -> e.label().equals("rare")).hasSize(4);
    assertThat(drawn).isEqualTo(all.perClass(6, 7)).isNotEqualTo(all.perClass(6, 8));
  }
}
