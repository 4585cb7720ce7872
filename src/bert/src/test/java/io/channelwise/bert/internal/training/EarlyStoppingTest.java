package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void shouldStop_whenThePatienceIsUsedUp() {
    EarlyStopping two = new EarlyStopping(2);
    assertThat(two.isOver(List.of())).isFalse();
    assertThat(two.isOver(List.of(0.5, 0.6, 0.55))).isFalse();
    // Equal is not better.
    assertThat(two.isOver(List.of(0.5, 0.6, 0.55, 0.6))).isTrue();
    assertThat(two.isOver(List.of(0.5, 0.6, 0.55, 0.61))).isFalse();
    assertThat(new EarlyStopping(0).isOver(List.of(0.9, 0.1, 0.1, 0.1))).isFalse();
  }

  @Test
  void shouldKeepTheFirstOfTheBest() {
    assertThat(EarlyStopping.best(List.of(0.5, 0.6, 0.6))).isEqualTo(1);
    assertThat(EarlyStopping.best(List.of(Double.NaN, 0.1))).isEqualTo(1);
    assertThat(EarlyStopping.best(List.of())).isEqualTo(-1);
  }
}
