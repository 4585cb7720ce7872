package io.channelwise.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.steering.MaterialRanking.Ranked;
import io.channelwise.steering.MaterialRanking.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaterialRankingTest {

  @Test
  void shouldRankByPosteriorRate_asScipyDoes() {
    List<Ranked> ranking =
        MaterialRanking.rank(
            List.of(
                new Seen("post", "small", 10, 3),
                new Seen("paper", "small", 150, 20),
                new Seen("paper", "small", 50, 10)));

    // Prior of one click at (33 + 1) / (210 + 20); (1 + k) / (230/34 + n).
    assertThat(ranking)
        .extracting(Ranked::rank, Ranked::material, Ranked::views, Ranked::clicks)
        .containsExactly(tuple(1, "post", 10L, 3L), tuple(2, "paper", 200L, 30L));
    assertThat(ranking.get(0).rate()).isEqualTo(4 / (230.0 / 34 + 10), within(1e-12));
    assertThat(ranking.get(1).rate()).isEqualTo(31 / (230.0 / 34 + 200), within(1e-12));
    // scipy.stats.beta.ppf
    assertThat(ranking.get(0).low()).isEqualTo(0.07382388, within(1e-6));
    assertThat(ranking.get(0).high()).isEqualTo(0.46198719, within(1e-6));
    assertThat(ranking.get(1).low()).isEqualTo(0.10471701, within(1e-6));
    assertThat(ranking.get(1).high()).isEqualTo(0.20154811, within(1e-6));
  }

  @Test
  void shouldShareTheRank_whenNothingTellsMaterialsApart_andLeaveOutWhatHasNoViews() {
    List<Seen> seen =
        new ArrayList<>(
            List.of(
                new Seen("b", "one", 20, 4),
                new Seen("a", "one", 20, 4),
                new Seen("c", "one", 20, 1),
                new Seen("a", "two", 0, 9),
                new Seen("a", "three", 2, 5)));

    List<Ranked> ranking = MaterialRanking.rank(seen);

    assertThat(ranking)
        .extracting(Ranked::segment, Ranked::rank, Ranked::material)
        .containsExactly(
            tuple("one", 1, "a"),
            tuple("one", 1, "b"),
            tuple("one", 3, "c"),
            tuple("three", 1, "a"));
    // Five clicks had five views at least.
    assertThat(ranking.get(3).views()).isEqualTo(5);
    Collections.shuffle(seen, new Random(1));
    assertThat(MaterialRanking.rank(seen)).isEqualTo(ranking);
    assertThat(MaterialRanking.rank(List.of())).isEmpty();
  }

  @Test
  void shouldRefuseNegativeCounts() {
    assertThatThrownBy(() -> new Seen("a", "s", 1, -1))
        .isInstanceOf(SteeringException.class)
        .hasMessageContaining("Material a in segment s has 1 views and -1 clicks");
  }
}
