package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.channel.Attraction;
import io.channelwise.promotion.MaterialOrder.Placed;
import io.channelwise.promotion.MaterialPair.Scored;
import io.channelwise.promotion.RankedMaterials.Rank;
import io.channelwise.promotion.RankedMaterials.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaterialOrderTest {
  /** The large are three quarters of all; alpha draws the small, beta the large. */
  private static final Attraction ATTRACTION =
      new Attraction(
          400,
          List.of(
              new Attraction.Segment("large", 300, 0.75),
              new Attraction.Segment("small", 100, 0.25)),
          List.of(
              new Attraction.Cell("alpha", "large", 30, 0.1, 0, 1),
              new Attraction.Cell("alpha", "small", 90, 0.9, 0, 1),
              new Attraction.Cell("beta", "large", 270, 0.9, 0, 1),
              new Attraction.Cell("beta", "small", 10, 0.1, 0, 1)),
          List.of(),
          null);

  private static final RankedMaterials RANKING =
      RankedMaterials.byModel(
          "material-fit",
          3,
          List.of(
              new Scored("large", "case", 0.2),
              new Scored("large", "paper", 0.8),
              new Scored("small", "case", 0.9),
              new Scored("small", "paper", 0.1)));

  private static Material material(String name, String channel) {
    return new Material(name, "post", channel, name, name);
  }

  @Test
  void shouldSendFirstWhatSuitsTheChannelsStrongestSegments() {
    List<Placed> order =
        MaterialOrder.of(
            List.of(
                material("case", "alpha"),
                material("paper", "alpha"),
                material("case", "beta"),
                material("paper", "beta")),
            RANKING,
            ATTRACTION);

    // alpha weighs large 0.075 and small 0.225: case (0.015 + 0.2025) / 0.3 = 0.725, paper
    // (0.06 + 0.0225) / 0.3 = 0.275. beta 0.675 and 0.025: case 0.1575 / 0.7, paper 0.5425 / 0.7.
    assertThat(order)
        .extracting(Placed::channel, Placed::position, Placed::material)
        .containsExactly(
            tuple("alpha", 1, "case"),
            tuple("alpha", 2, "paper"),
            tuple("beta", 1, "paper"),
            tuple("beta", 2, "case"));
    assertThat(order.get(0).fit()).isCloseTo(0.725, within(1e-12));
    assertThat(order.get(1).fit()).isCloseTo(0.275, within(1e-12));
    assertThat(order.get(2).fit()).isCloseTo(0.775, within(1e-12));
    assertThat(order.get(3).fit()).isCloseTo(0.225, within(1e-12));
  }

  @Test
  void shouldWeighSegmentsAlike_beforeAnyClick() {
    List<Placed> order =
        MaterialOrder.of(
            List.of(material("paper", "alpha"), material("case", "alpha")),
            RANKING,
            new Attraction(0, List.of(), List.of(), List.of(), null));

    assertThat(order).extracting(Placed::material).containsExactly("case", "paper");
    assertThat(order.get(0).fit()).isCloseTo(0.55, within(1e-12));
    assertThat(order.get(1).fit()).isCloseTo(0.45, within(1e-12));
  }

  @Test
  void shouldExpectTheSegmentsRate_ofAMaterialThatItNeverSaw() {
    RankedMaterials clicks =
        new RankedMaterials(
            Source.CLICKS,
            null,
            null,
            List.of(new Rank("small", 1, "case", 0.2, 80L, 9L, 0.1, 0.3)));

    List<Placed> order =
        MaterialOrder.of(
            List.of(material("case", "alpha"), material("new", "alpha")), clicks, ATTRACTION);

    // (9 + 1) / (80 + 20), as MaterialRanking's prior.
    assertThat(order).extracting(Placed::material).containsExactly("case", "new");
    assertThat(order.get(1).fit()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void shouldLeaveTheOrderAlone_whenNothingIsRanked() {
    assertThat(
            MaterialOrder.of(
                List.of(material("case", "alpha")),
                RankedMaterials.byClicks(List.of()),
                ATTRACTION))
        .isEmpty();
  }

  @Test
  void shouldGiveTheSamePlace_toWhatComesOutAlike() {
    RankedMaterials ranking =
        RankedMaterials.byModel(
            "material-fit",
            1,
            List.of(
                new Scored("b", "y", 0.5),
                new Scored("b", "x", 0.5),
                new Scored("b", "z", 0.4),
                new Scored("a", "z", 0.5)));

    assertThat(ranking.ranks())
        .extracting(Rank::segment, Rank::place, Rank::material)
        .containsExactly(
            tuple("a", 1, "z"), tuple("b", 1, "x"), tuple("b", 1, "y"), tuple("b", 3, "z"));
  }
}
