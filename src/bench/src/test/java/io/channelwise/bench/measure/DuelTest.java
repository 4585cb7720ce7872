package io.channelwise.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {

  @Test
  void shouldAlternateWhoBegins_andForgetWarmUps() {
    List<String> order = new ArrayList<>();
    double[] ours = {100, 3, 5};
    double[] peer = {100, 1, 2};
    int[] turns = new int[2];

    Duel duel =
        Duel.run(
            1,
            2,
            () -> {
              order.add("ours");
              return ours[turns[0]++];
            },
            () -> {
              order.add("peer");
              return peer[turns[1]++];
            });

    assertThat(order).containsExactly("peer", "ours", "ours", "peer", "peer", "ours");
    assertThat(duel.ours().values()).containsExactly(3, 5);
    assertThat(duel.peer().values()).containsExactly(1, 2);
    assertThat(duel.ratio()).isEqualTo(4 / 1.5);
    assertThat(duel.shownRatio()).isEqualTo("2.67 (rounds 2.50 to 3.00)");
  }

  @Test
  void shouldSayHowOftenItMeasures() {
    assertThat(Duel.plan(5, 3))
        .isEqualTo("medians of 3 rounds, both sides in turns, after 5 that do not count");
    assertThat(Duel.plan(0, 3)).isEqualTo("medians of 3 rounds, both sides in turns");
  }
}
