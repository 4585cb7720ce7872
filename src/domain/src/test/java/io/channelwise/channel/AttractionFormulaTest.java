package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.channel.AttractionFormula.Clicks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttractionFormulaTest {
  private static final List<Clicks> CLICKS =
      List.of(
          new Clicks("shop", "young", 6),
          new Clicks("forum", "young", 2),
          new Clicks("shop", "old", 1),
          new Clicks("forum", "old", 1));

  @Test
  void shouldSmoothAndWeigh_asByHand() {
    Attraction attraction = AttractionFormula.of(List.of("forum", "shop"), CLICKS);

    // By hand: 10 clicks, 8 young and 2 old; two channels, so 0.5 is added twice to each segment.
    assertThat(attraction.clicks()).isEqualTo(10);
    assertThat(attraction.segments())
        .containsExactly(
            new Attraction.Segment("old", 2, 0.2), new Attraction.Segment("young", 8, 0.8));
    assertThat(attraction.cell("shop", "young").orElseThrow().share())
        .isEqualTo(6.5 / 9.0, within(1e-15));
    assertThat(attraction.cell("forum", "old").orElseThrow().share())
        .isEqualTo(1.5 / 3.0, within(1e-15));
    double shop = 0.8 * Math.log(6.5 / 9.0) + 0.2 * Math.log(0.5);
    double forum = 0.8 * Math.log(2.5 / 9.0) + 0.2 * Math.log(0.5);
    assertThat(attraction.ranking())
        .extracting(Attraction.Ranked::channel)
        .containsExactly("shop", "forum");
    assertThat(attraction.of("shop").orElseThrow().objective()).isEqualTo(shop, within(1e-15));
    assertThat(attraction.of("forum").orElseThrow().objective()).isEqualTo(forum, within(1e-15));
    assertThat(attraction.of("shop").orElseThrow().attraction())
        .isEqualTo(0.8 * 6.5 / 9.0 + 0.1, within(1e-15));
  }

  @Test
  void shouldKeepJFinite_whenNobodyReachedAChannel() {
    Attraction attraction = AttractionFormula.of(List.of("forum", "radio", "shop"), CLICKS);

    assertThat(attraction.of("radio").orElseThrow().objective()).isFinite();
    assertThat(attraction.ranking().get(2).channel()).isEqualTo("radio");
  }

  @Test
  void shouldTreatAllAlike_withoutClicks() {
    Attraction attraction = AttractionFormula.of(List.of("a", "b", "c", "d"), List.of());

    assertThat(attraction.segments()).isEmpty();
    assertThat(attraction.ranking())
        .allSatisfy(
            r -> {
              assertThat(r.attraction()).isEqualTo(0.25);
              assertThat(r.objective()).isEqualTo(Math.log(0.25), within(1e-15));
            });
  }

  @Test
  void shouldGiveCredibleIntervals_asScipyDoes() {
    // scipy.stats.beta(6.5, 2.5) and (0.5, 9) at 0.025 and 0.975.
    Attraction.Cell cell =
        AttractionFormula.of(List.of("forum", "shop"), CLICKS).cell("shop", "young").orElseThrow();
    assertThat(cell.low()).isEqualTo(0.4083764894266625, within(1e-12));
    assertThat(cell.high()).isEqualTo(0.9440331102753412, within(1e-12));
    Attraction.Cell empty =
        AttractionFormula.of(List.of("forum", "radio", "shop"), CLICKS)
            .cell("radio", "young")
            .orElseThrow();
    assertThat(empty.low()).isEqualTo(5.609380016508218e-05, within(1e-12));
    assertThat(empty.high()).isEqualTo(0.24931351174446037, within(1e-12));
  }

  @Test
  void shouldGiveAnIntervalOfJ_asScipyAndSamplingDo() {
    List<Clicks> clicks =
        List.of(
            new Clicks("shop", "young", 600),
            new Clicks("forum", "young", 200),
            new Clicks("shop", "old", 100),
            new Clicks("forum", "old", 100));

    Attraction.Ranked shop =
        AttractionFormula.of(List.of("forum", "shop"), clicks).of("shop").orElseThrow();

    // scipy.special.digamma and polygamma; two million draws with NumPy give -0.41334, -0.32860.
    assertThat(shop.low()).isEqualTo(-0.41215883917069335, within(1e-12));
    assertThat(shop.high()).isEqualTo(-0.3273884554889875, within(1e-12));
  }

  @Test
  void shouldWeighSegmentsAsTold_andKeepThoseWithoutAClick() {
    Attraction attraction =
        AttractionFormula.of(List.of("forum", "shop"), CLICKS, Map.of("young", 1.0, "new", 3.0));

    assertThat(attraction.clicks()).isEqualTo(8);
    assertThat(attraction.segments())
        .containsExactly(
            new Attraction.Segment("new", 0, 0.75), new Attraction.Segment("young", 8, 0.25));
    assertThat(attraction.cell("shop", "new").orElseThrow().share()).isEqualTo(0.5);
    // scipy.stats.beta(0.5, 0.5).ppf(0.025) = sin²(0.025 π / 2)
    assertThat(attraction.cell("shop", "new").orElseThrow().low())
        .isEqualTo(Math.pow(Math.sin(0.0125 * Math.PI), 2), within(1e-12));
  }

  @Test
  void shouldRefuseWeights_thatAreNotAboveZero() {
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> AttractionFormula.of(List.of("a"), CLICKS, Map.of("old", weight)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("The weight of segment old is " + weight);
    }
  }

  @Test
  void shouldLeaveOutClicksOfChannelsThatAreGone() {
    Attraction attraction = AttractionFormula.of(List.of("shop"), CLICKS);

    assertThat(attraction.clicks()).isEqualTo(7);
    assertThat(attraction.of("shop").orElseThrow().attraction()).isEqualTo(1, within(1e-15));
  }

  @Test
  void shouldSumToOneAndIgnoreTheOrderOfRows() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      List<String> channels = List.of("a", "b", "c", "d").subList(0, 1 + random.nextInt(4));
      List<Clicks> clicks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        clicks.add(
            new Clicks(
                channels.get(random.nextInt(channels.size())),
                "s" + random.nextInt(3),
                random.nextInt(50)));
      }
      Attraction attraction = AttractionFormula.of(channels, clicks);
      Collections.shuffle(clicks, random);

      assertThat(AttractionFormula.of(channels, clicks)).isEqualTo(attraction);
      for (Attraction.Segment segment : attraction.segments()) {
        double sum =
            channels.stream()
                .mapToDouble(c -> attraction.cell(c, segment.segment()).orElseThrow().share())
                .sum();
        assertThat(sum).isEqualTo(1, within(1e-12));
      }
    }
  }
}
