package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.PlanSettings;
import io.channelwise.campaign.Text;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanModelTest {
  private static final double SPREAD = 40;
  private static final double BETA = Math.PI / (Math.sqrt(3) * SPREAD);

  static PlanInputs inputs(double standard, int channelsMax, Double capacity, double unitCost) {
    return new PlanInputs(
        "retail",
        List.of(new Rival("Big", 0.5, 120), new Rival("Small", 0.25, 60)),
        110.0,
        SPREAD,
        60L,
        unitCost,
        standard,
        channelsMax,
        capacity,
        900L,
        List.of(
            new SignedChannel("forum", 0.2, 100, 0.0, 50),
            new SignedChannel("market", 0.3, 400, 0.2, 1000),
            new SignedChannel("search", 0.4, 300, 0.1, 0)),
        null);
  }

  private static PlanModel model() {
    return new PlanModel(inputs(0.6, 2, 5000.0, 10));
  }

  private static PlanDecision decision(double price, double service, String... channels) {
    return new PlanDecision(PricingModel.SAAS, price, service, List.of(channels));
  }

  @Test
  void shouldWeighTheReferencePriceByShare() {
    // (0.5 · 120 + 0.25 · 60) / 0.75.
    assertThat(model().referencePrice()).isCloseTo(100, within(1e-12));
  }

  @Test
  void shouldGiveAnAverageCompetitorsShare_atTheAverageCompetitorsPrice() {
    // Two competitors of share 0.25 at price 80, the rest buys nothing: at price 80 and ordinary
    // service we weigh 0.25 against 1, so we get a fifth of those who meet us (half of all).
    PlanInputs even =
        new PlanInputs(
            "m",
            List.of(new Rival("A", 0.25, 80), new Rival("B", 0.25, 80)),
            80.0,
            20.0,
            null,
            0,
            0,
            1,
            null,
            null,
            List.of(new SignedChannel("c", 0.5, 10, 0, 0)),
            null);

    PlanEvaluation plan = new PlanModel(even).evaluate(decision(80, 0.7, "c"));

    assertThat(plan.marketShare()).isCloseTo(0.5 * 0.2, within(1e-12));
    assertThat(plan.customers()).isCloseTo(10, within(1e-12));
    assertThat(plan.revenue()).isCloseTo(800, within(1e-9));
  }

  @Test
  void shouldComputeTheFormula() {
    PlanEvaluation plan = model().evaluate(decision(90, 0.8, "market", "search"));

    double k = (Math.log(0.5) + BETA * 120 + Math.log(0.25) + BETA * 60) / 2;
    double p = 1 / (1 + Math.exp(-(k + BETA * (-90 + 100 * 0.3 * (0.8 - 0.7)))));
    double p0 = 1 / (1 + Math.exp(-(k - BETA * 100)));
    double cost = 10 * (0.5 + 0.64);
    // The fee of the forum is owed as well, though the plan leaves it out.
    double fees = 50 + 1000;
    double revenue = 400 * p / p0 * (90 * 0.8 - cost) + 300 * p / p0 * (90 * 0.9 - cost) - fees;
    assertThat(plan.marketShare()).isCloseTo(p * 0.7, within(1e-12));
    assertThat(plan.customers()).isCloseTo(700 * p / p0, within(1e-9));
    assertThat(plan.revenue()).isCloseTo(revenue, within(1e-6));
    assertThat(plan.satisfaction())
        .isCloseTo(0.6 * 0.8 + 0.3 * 110 / 200 + 0.1 * 0.6, within(1e-12));
    assertThat(plan.isFeasible()).isTrue();
  }

  @Test
  void shouldLoseShareAndSatisfaction_whenThePriceRises() {
    double share = 1;
    double satisfaction = 1;
    for (double price = 10; price <= 250; price += 10) {
      PlanEvaluation plan = model().evaluate(decision(price, 0.8, "search"));
      assertThat(plan.marketShare()).isLessThan(share);
      assertThat(plan.satisfaction()).isLessThan(satisfaction);
      share = plan.marketShare();
      satisfaction = plan.satisfaction();
    }
  }

  @Test
  void shouldNameEveryConstraintThatAPlanBreaks() {
    PlanModel tight = new PlanModel(inputs(0.9, 1, 10.0, 10));

    List<Text> violations = tight.evaluate(decision(90, 0.8, "forum", "market")).violations();

    assertThat(violations)
        .extracting(Text::en)
        .satisfiesExactly(
            v -> assertThat(v).isEqualTo("Technical standard: quality is 0.80, 0.90 is required."),
            v -> assertThat(v).isEqualTo("Number of channels: 2 are chosen, 1 to 1 are allowed."),
            v -> assertThat(v).startsWith("Commercial capability:").contains("10 can be served"));
    assertThat(tight.evaluate(decision(90, 0.9)).violations())
        .extracting(Text::en)
        .anySatisfy(v -> assertThat(v).startsWith("Number of channels: 0 are chosen"));
  }

  @Test
  void shouldRefuseAPlanThatLosesMoney() {
    assertThat(model().evaluate(decision(5, 0.8, "search")).violations())
        .extracting(Text::en)
        .anySatisfy(v -> assertThat(v).contains("would lose"));
  }

  @Test
  void shouldRefuseUnknownChannelsAndImpossibleNumbers() {
    assertThatThrownBy(() -> model().evaluate(decision(90, 0.8, "radio")))
        .hasMessageContaining("Channel radio has no signed deal");
    for (double price : new double[] {0, -1, 1e16, 1e308, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> model().evaluate(decision(price, 0.8, "forum")))
          .hasMessageContaining("must be above 0");
    }
    for (double service : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> model().evaluate(decision(90, service, "forum")))
          .hasMessageContaining("between 0 and 1");
    }
  }

  @Test
  void shouldStayFinite_whenDataIsMeagre() {
    PlanInputs meagre =
        new PlanInputs(
            "m",
            List.of(new Rival("Zero", 0, 50)),
            null,
            null,
            null,
            0,
            0,
            1,
            null,
            null,
            List.of(new SignedChannel("c", 0, 0, 0, 0)),
            null);

    PlanEvaluation plan = new PlanModel(meagre).evaluate(decision(50, 0.7, "c"));

    assertThat(plan.marketShare()).isZero();
    assertThat(plan.satisfaction()).isBetween(0.0, 1.0);
    assertThat(plan.revenue()).isZero();
  }

  @Test
  void shouldStayFinite_atEveryPriceAllowed() {
    for (PricingModel pricing : PricingModel.values()) {
      for (double price : new double[] {Double.MIN_VALUE, 1e-9, 1e6, 1e15}) {
        PlanEvaluation plan =
            model().evaluate(new PlanDecision(pricing, price, 1, List.of("market", "search")));

        assertThat(plan.revenue()).isFinite();
        assertThat(plan.marketShare()).isBetween(0.0, 1.0);
        assertThat(plan.satisfaction()).isBetween(0.0, 1.0);
        assertThat(plan.isFeasible()).isEqualTo(plan.revenue() > 0);
      }
    }
  }

  @Test
  void shouldBlameTheConstraintThatLeavesNoPlan() {
    assertThat(PlanSpace.blame(new PlanModel(inputs(0.6, 2, 5000.0, 10)))).isEmpty();
    assertThat(blame(inputs(0.6, 2, 0.0, 10)))
        .startsWith("Commercial capability: even the smallest");
    assertThat(blame(inputs(0.6, 2, null, 1000)))
        .startsWith("Commercial capability: no price earns");
    assertThat(blame(inputs(1.01, 2, null, 10))).isNotNull();
    assertThat(blame(inputs(1.5, 2, null, 10))).startsWith("Technical standard: 1.50 is required");
    PlanInputs noDeal =
        new PlanInputs("m", List.of(), 10.0, 1.0, 2L, 0, 0, 1, null, null, List.of(), null);
    assertThat(blame(noDeal)).startsWith("Number of channels: no deal is signed");
    PlanInputs noPrice =
        new PlanInputs(
            "m",
            List.of(),
            null,
            null,
            null,
            0,
            0,
            1,
            null,
            null,
            List.of(new SignedChannel("c", 1, 1, 0, 0)),
            null);
    assertThat(blame(noPrice)).startsWith("No price is known in market m");
  }

  @Test
  void shouldReadInputsOfAnEarlierVersion() throws Exception {
    PlanInputs old =
        DomainConfiguration.json()
            .readValue(
                """
                {"targetMarket": "retail", "rivals": [{"name": "Big", "share": 0.5, "price": 120}],
                 "willingnessToPay": 110, "willingnessSpread": 40, "unitCost": 10,
                 "technicalStandard": 0.6, "channelsMax": 2, "capacity": null,
                 "channels": [{"channel": "forum", "attraction": 0.2, "customers": 100,
                               "revenueShare": 0, "fixedFee": 50}]}
                """,
                PlanInputs.class);

    assertThat(old.parameters()).isEqualTo(PlanParameters.DEFAULT);
    assertThat(old.clicks()).isNull();
    assertThat(new PlanModel(old).evaluate(decision(90, 0.8, "forum")).isFeasible()).isTrue();
    assertThat(new PlanUncertainty(old).of(decision(90, 0.8, "forum")).marketShareHigh())
        .isPositive();
  }

  @Test
  void shouldKeepParametersThroughJson_byTheCodesOfThePricingModels() throws Exception {
    PlanParameters given =
        PlanParameters.of(
            new PlanSettings(
                null,
                null,
                null,
                null,
                2.0,
                new PlanSettings.Satisfaction(2, 1, 1),
                Map.of("data-driven", new PlanSettings.Pricing(null, 0.5, null, null, null))));

    String text = DomainConfiguration.json().writeValueAsString(given);

    assertThat(text).contains("\"data-driven\":{\"worth\":0.08,\"collected\":0.5,");
    assertThat(DomainConfiguration.json().readValue(text, PlanParameters.class)).isEqualTo(given);
    assertThat(given.satisfactionOfService()).isEqualTo(0.5);
    assertThat(given.satisfactionOfPrice()).isEqualTo(0.25);
    assertThat(given.ownQuality()).isZero();
    assertThat(given.of(PricingModel.SAAS)).isEqualTo(ModelAssumptions.of(PricingModel.SAAS));
    assertThat(PlanParameters.of(new PlanSettings(null, null, null, null, null, null, null)))
        .isEqualTo(PlanParameters.DEFAULT);
  }

  /** What a campaign sets changes what it names, and nothing else. */
  @Test
  void shouldComputeWithWhatTheCampaignSets() {
    PlanInputs usual = inputs(0.6, 2, null, 10);
    PlanDecision plan =
        new PlanDecision(PricingModel.SAAS, 90, 0.8, List.of(usual.channels().get(0).channel()));
    PlanEvaluation before = new PlanModel(usual).evaluate(plan);
    PlanInputs halfCollected =
        usual.with(
            PlanParameters.of(
                new PlanSettings(
                    null,
                    null,
                    null,
                    null,
                    null,
                    new PlanSettings.Satisfaction(1, 0, 0),
                    Map.of("saas", new PlanSettings.Pricing(null, 0.5, null, null, null)))));

    PlanEvaluation after = new PlanModel(halfCollected).evaluate(plan);

    assertThat(after.marketShare()).isEqualTo(before.marketShare());
    assertThat(after.customers()).isEqualTo(before.customers());
    // Satisfaction is the service level alone; half of the money does not come in.
    assertThat(after.satisfaction()).isEqualTo(0.8);
    double share = usual.channels().get(0).revenueShare();
    assertThat(before.revenue() - after.revenue())
        .isCloseTo(before.customers() * 90 * 0.5 * (1 - share), within(1e-6));
  }

  /** At both ends of each range that settings allow, sensitivity and uncertainty still compute. */
  @Test
  void shouldAnswer_atTheEndsOfWhatACampaignMaySet() {
    for (double[] ends : new double[][] {{-2, 0, 0.001, 0.1, 0.1, 0}, {2, 3, 0.9, 10, 10, 1}}) {
      PlanSettings.Pricing pricing =
          ends[0] < 0
              ? new PlanSettings.Pricing(-1.0, 0.05, 0.05, 0.1, 0.0)
              : new PlanSettings.Pricing(1.0, 3.0, 20.0, 2.0, 1.0);
      PlanInputs inputs =
          inputs(0, 2, null, 0.01)
              .with(
                  PlanParameters.of(
                      new PlanSettings(
                          ends[0],
                          ends[1],
                          ends[2],
                          ends[3],
                          ends[4],
                          new PlanSettings.Satisfaction(ends[5], 1 - ends[5], 0),
                          Map.of("api", pricing))));
      PlanDecision plan =
          new PlanDecision(PricingModel.API, 90, 0.8, List.of(inputs.channels().get(0).channel()));

      PlanRanges ranges = new PlanUncertainty(inputs).of(plan);
      ScoredPlan scored = new ScoredPlan(plan, new PlanModel(inputs).evaluate(plan));

      assertThat(ranges.revenueLow()).isFinite();
      assertThat(new PlanSensitivity(inputs, List.of(scored), plan).shifts()).hasSizeBetween(8, 9);
    }
  }

  private static String blame(PlanInputs inputs) {
    return PlanSpace.blame(new PlanModel(inputs)).map(Text::en).orElse(null);
  }
}
