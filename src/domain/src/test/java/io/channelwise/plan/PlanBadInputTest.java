package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.PlanSettings;
import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meagre, extreme and impossible inputs: an answer or a sentence each. */
class PlanBadInputTest {
  private static final SignedChannel SHOP = new SignedChannel("shop", 0.4, 200, 0.1, 100);

  private static PlanInputs inputs(List<Rival> rivals, List<SignedChannel> channels) {
    return new PlanInputs("m", rivals, 100.0, 30.0, 50L, 10, 0.6, 2, null, 100L, channels, null);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1})
  void shouldRefuseWhatIsNoNumberOfZeroOrMore(double bad) {
    assertThatThrownBy(() -> new Rival("Big", 0.5, bad))
        .hasMessage(
            "The price of competitor Big is " + bad + "; it must be a number of 0 or more.");
    assertThatThrownBy(() -> new Rival("Big", bad, 10))
        .hasMessageContaining("market share of competitor Big")
        .hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> new SignedChannel("shop", bad, 1, 0, 0))
        .hasMessageContaining("attraction of channel shop");
    assertThatThrownBy(() -> new SignedChannel("shop", 0.1, bad, 0, 0))
        .hasMessageContaining("customers expected of channel shop");
    assertThatThrownBy(() -> new SignedChannel("shop", 0.1, 1, bad, 0))
        .hasMessageContaining("revenue share of channel shop");
    assertThatThrownBy(() -> new SignedChannel("shop", 0.1, 1, 0, bad))
        .hasMessageContaining("fixed fee of channel shop");
    assertThatThrownBy(() -> PlanModelTest.inputs(bad, 2, null, 10))
        .hasMessageContaining("technical standard");
    assertThatThrownBy(() -> PlanModelTest.inputs(0.6, 2, bad, 10))
        .hasMessageContaining("capacity");
    assertThatThrownBy(() -> PlanModelTest.inputs(0.6, 2, null, bad))
        .hasMessageContaining("unit cost");
  }

  @Test
  void shouldRefuseNoChannelAllowed_andTheSameNameTwice() {
    assertThatThrownBy(() -> PlanModelTest.inputs(0.6, 0, null, 10))
        .hasMessage("At most 0 channels may be used; the limit must be 1 or more.");
    assertThatThrownBy(() -> inputs(List.of(), List.of(SHOP, SHOP)))
        .hasMessage("Channel shop is there twice; keep one row of it.");
    Rival big = new Rival("Big", 0.1, 10);
    assertThatThrownBy(() -> inputs(List.of(big, big), List.of(SHOP)))
        .hasMessage("Competitor Big is there twice; keep one row of it.");
  }

  @Test
  void shouldRefuseParametersOutOfRange() {
    PlanParameters given = PlanParameters.DEFAULT;
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -100, 1e9}) {
      assertThatThrownBy(() -> given.withOwnQuality(bad)).hasMessageContaining("ownQuality");
      assertThatThrownBy(() -> given.withServiceWorth(bad)).hasMessageContaining("serviceWorth");
      assertThatThrownBy(() -> given.withOutsideShare(bad)).hasMessageContaining("outsideShare");
      assertThatThrownBy(() -> given.withRivalPrices(bad)).hasMessageContaining("rivalPrices");
      assertThatThrownBy(() -> given.withPriceSensitivity(bad))
          .hasMessageContaining("priceSensitivity");
    }
    assertThatThrownBy(() -> new PlanParameters(0, 0.3, 0.05, 1, 1, 0.6, 0.3, 0.3, null))
        .hasMessageContaining("must sum to 1");
  }

  @Test
  void shouldAnswer_withOneChannel_oneCompetitor_orNone() {
    for (List<Rival> rivals : List.of(List.<Rival>of(), List.of(new Rival("Solo", 1, 90)))) {
      PlanFront front = PlanOptimiser.enumerate(inputs(rivals, List.of(SHOP)));

      assertThat(front.plans()).isNotEmpty();
      assertThat(front.plans()).allMatch(p -> p.expected().isFeasible());
      assertThat(front.knee().decision().channels()).containsExactly("shop");
    }
  }

  @Test
  void shouldAnswer_whenNobodyHasClicked_andTheChannelHasNoAttraction() {
    PlanInputs cold =
        inputs(
            List.of(new Rival("Big", 0.5, 100)),
            List.of(new SignedChannel("shop", 0, 200, 0.1, 100)));

    PlanFront front = PlanOptimiser.search(cold, 2_000, 1);

    assertThat(front.plans()).isNotEmpty().allMatch(p -> p.expected().marketShare() == 0);
  }

  @Test
  void shouldAnswer_whenCompetitorsGiveItAway_orAllRespondentsSayOnePrice() {
    PlanInputs free = inputs(List.of(new Rival("Free", 0.9, 0)), List.of(SHOP));
    PlanInputs agreed =
        new PlanInputs(
            "m",
            List.of(new Rival("Big", 0.5, 100)),
            100.0,
            0.0,
            50L,
            10,
            0.6,
            2,
            null,
            100L,
            List.of(SHOP),
            null);

    for (PlanInputs inputs : List.of(free, agreed)) {
      PlanStudy study = PlanStudy.of(new PlanModel(inputs), 1_000, 1);
      for (ScoredPlan plan : study.front().plans()) {
        for (double objective : plan.objectives()) {
          assertThat(objective).isFinite();
        }
      }
    }
  }

  @Test
  void shouldRefuseASearch_withoutChannelOrPrice_orTooSmall() {
    assertThatThrownBy(() -> PlanOptimiser.search(inputs(List.of(), List.of()), 1_000, 1))
        .hasMessageContaining("0 channels");
    assertThatThrownBy(() -> PlanOptimiser.search(inputs(List.of(), List.of(SHOP)), 10, 1))
        .hasMessage("The search is allowed 10 evaluations; it needs 200 or more.");
    assertThatThrownBy(() -> PlanOptimiser.enumerate(RandomCase.inputs(1, 12)))
        .hasMessageContaining("Search it instead");
  }

  @Test
  void shouldRefuseEmptyAndImpossibleWishes_inBothLanguages() {
    assertThatThrownBy(() -> new PlanWish(null, null, null))
        .isInstanceOfSatisfying(
            InvalidPlanException.class,
            e -> {
              assertThat(e.reason().en()).startsWith("The wish is empty");
              assertThat(e.reason().zh()).startsWith("愿望为空");
            });
    assertThatThrownBy(() -> new PlanWish(1.5, null, null)).hasMessageContaining("market share");
    assertThatThrownBy(() -> new PlanWish(null, Double.NaN, null)).hasMessageContaining("revenue");
    assertThatThrownBy(() -> new PlanWish(null, null, -0.1)).hasMessageContaining("satisfaction");
  }

  @Test
  void shouldNameThePricingModelsThereAre() {
    assertThat(PlanSettings.PRICING_MODELS).isEqualTo(PricingModel.codes());
    assertThatThrownBy(() -> PricingModel.of("freemium"))
        .hasMessage(
            "No pricing model is called freemium; there are [saas, api, solution, data-driven].");
  }
}
