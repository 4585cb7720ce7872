package io.channelwise.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.negotiation.Simulation.Result;
import io.channelwise.negotiation.Simulation.Scenario;
import io.channelwise.negotiation.Simulation.Strategy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final int MANY = 2_000;

  @Test
  void shouldGainMoreThanAnyFixedOffer_fromEveryTypeOfPartner() {
    for (PartnerType type : PartnerType.values()) {
      Result ours = Simulation.run(Strategy.CONCESSION, type, MANY, 7);
      Result middle = Simulation.run(Strategy.FIXED_MIDDLE, type, MANY, 7);

      assertThat(ours.agreementRate()).as(type.name()).isGreaterThan(middle.agreementRate() + 0.1);
      for (Strategy fixed :
          List.of(Strategy.FIXED_OPENING, Strategy.FIXED_MIDDLE, Strategy.FIXED_LIMITS)) {
        assertThat(ours.ourSurplus())
            .as("%s against %s", fixed, type)
            .isGreaterThan(Simulation.run(fixed, type, MANY, 7).ourSurplus());
      }
      assertThat(ours.ourSurplus()).isLessThanOrEqualTo(1);
      assertThat(ours.agreements()).isLessThanOrEqualTo(ours.possible());
    }
  }

  @Test
  void shouldGainMoreThanByAcceptingAllWithinTheLimits_withoutLosingAgreements() {
    for (PartnerType type : PartnerType.values()) {
      Result ours = Simulation.run(Strategy.CONCESSION, type, 20_000, 7);
      Result before = Simulation.run(Strategy.WITHIN_LIMITS, type, 20_000, 7);

      double margin = type == PartnerType.FIRM ? -0.001 : 0.005;
      assertThat(ours.ourSurplus() - before.ourSurplus()).as(type.name()).isGreaterThan(margin);
      double lost = type == PartnerType.RESTLESS ? 0.015 : 1e-9;
      assertThat(before.agreementRate() - ours.agreementRate()).as(type.name()).isLessThan(lost);
    }
  }

  @Test
  void shouldStandRestlessPartnersBetterThanAcNextItself_theMoreRoundsThereAre() {
    for (int rounds : new int[] {3, 5, 8}) {
      double ours = restless(Strategy.CONCESSION, rounds);
      assertThat(ours).as(rounds + " rounds").isGreaterThan(restless(Strategy.NEXT, rounds));
    }
    assertThat(restless(Strategy.CONCESSION, 5)).isGreaterThan(restless(Strategy.WITHIN_LIMITS, 5));
  }

  private static double restless(Strategy strategy, int rounds) {
    return Simulation.run(strategy, PartnerType.RESTLESS, rounds, 20_000, 7).ourSurplus();
  }

  @Test
  void shouldGiveTheSame_whenRunAgain() {
    assertThat(Simulation.all(Strategy.CONCESSION, 200, 3))
        .isEqualTo(Simulation.all(Strategy.CONCESSION, 200, 3))
        .hasSize(PartnerType.values().length);
  }

  @Test
  void shouldKeepWithinTheLimits_andAboveThePartnersWalkAway() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < MANY; i++) {
      PartnerType type = PartnerType.values()[i % PartnerType.values().length];
      Scenario scenario = Simulation.draw(type, random);
      Offer best = Simulation.cheapest(scenario);
      for (Strategy strategy : Strategy.values()) {
        Offer agreed = Simulation.bargain(strategy, scenario, 3);
        if (agreed != null) {
          assertThat(scenario.rails().allow(agreed)).isTrue();
          assertThat(scenario.partner().takesFinal(agreed)).isTrue();
          // The one who knows the partner pays least.
          assertThat(scenario.value().cost(best))
              .isLessThanOrEqualTo(scenario.value().cost(agreed) * (1 + 1e-9));
        }
      }
    }
  }

  @Test
  void shouldRefuseANumberThatMakesNoSense() {
    assertThatThrownBy(() -> Simulation.run(Strategy.LINEAR, PartnerType.FIRM, 0, 1))
        .isInstanceOf(NegotiationException.class);
    assertThatThrownBy(() -> Simulation.run(Strategy.LINEAR, PartnerType.FIRM, 1, 10, 1))
        .isInstanceOf(NegotiationException.class);
  }
}
