package io.channelwise.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConcessionTest {
  private static final double HAIR = 1e-9;

  /** Cost of the opening 1,100, of the limits 2,900; the channel's walk-away 1,400, ours 8,900. */
  private static final GuardRails RAILS =
      new GuardRails(new Offer(0.10, 100), new Offer(0.25, 400));

  private static final DealValue VALUE =
      new DealValue(Prospect.of(10_000).without(0, 1_100, 1_400));

  private static final Offer GREEDY = new Offer(0.9, 9_000);

  @Test
  void shouldFindTheReferences_asByHand() {
    // S = 7,500; L = 1,500; S L / (S + L) = 1,250. Nash: half of S is more than L.
    Reference reference = Reference.of(1_400, 8_900, 2_900);

    assertThat(reference.kalaiSmorodinsky()).isEqualTo(2_650, within(HAIR));
    assertThat(reference.nash()).isEqualTo(2_900, within(HAIR));
  }

  @Test
  void shouldSplitEvenly_whenNoLimitStands() {
    Reference reference = Reference.of(100, 300, 1_000);

    assertThat(reference.kalaiSmorodinsky()).isEqualTo(200, within(HAIR));
    assertThat(reference.nash()).isEqualTo(200, within(HAIR));
  }

  @Test
  void shouldTakeTheMost_whenNoAgreementIsExpected() {
    assertThat(Reference.of(500, 300, 1_000)).isEqualTo(new Reference(300, 300));
  }

  @Test
  void shouldMaximiseTheNashProduct_asByAGrid() {
    double best = Double.NEGATIVE_INFINITY;
    double at = 0;
    for (double cost = 1_400; cost <= 5_000; cost += 1) {
      double product = (cost - 1_400) * (8_900 - cost);
      if (product > best) {
        best = product;
        at = cost;
      }
    }

    assertThat(Reference.of(1_400, 8_900, 5_000).nash()).isEqualTo(at);
  }

  @Test
  void shouldOfferTheFairDivisionInTheMiddleOfThreeRounds_asByHand() {
    Concession concession = new Concession(VALUE, RAILS, 3);

    // 1,550 more than the opening; asked are 8,000 more as share, 8,900 more as fee: the fee takes
    // its 300 to the limit, the share 1,250.
    CounterOffer second = concession.next(2, RAILS.opening(), GREEDY);

    assertThat(second.target()).isEqualTo(2_650, within(HAIR));
    assertThat(second.offer()).isEqualTo(new Offer(0.225, 400));
    assertThat(second.cost()).isEqualTo(2_650, within(HAIR));
    assertThat(second.why().en()).contains("In round 2 we are ready to spend 2,650", "+12.50");
    assertThat(second.why().zh()).contains("第 2 轮", "2,650", "+12.50");
  }

  @Test
  void shouldGiveWhereMoreIsAsked_asByHand() {
    GuardRails wide = new GuardRails(new Offer(0.10, 100), new Offer(0.50, 4_000));
    DealValue value = new DealValue(Prospect.of(10_000).without(0, 1_000, 1_100));
    // w = 1,100, b = 9,000, l = 9,000: KS = 1,100 + 7,900 / 2 = 5,050, 3,950 above the opening.
    // Asked: 6,000 more as share, 2,000 more as fee: 3 to 1.
    CounterOffer second =
        new Concession(value, wide, 3).next(2, wide.opening(), new Offer(0.70, 2_100));

    assertThat(second.offer().revenueShare()).isEqualTo(0.10 + 0.2962, within(HAIR));
    assertThat(second.offer().fixedFee()).isEqualTo(100 + 987.5, within(HAIR));
    assertThat(second.cost()).isLessThanOrEqualTo(second.target());
  }

  @Test
  void shouldStayNearTheOpeningForLong_asByHand() {
    // Five rounds: (1/3)² and (2/3)² of the way from 1,100 to 2,650.
    Concession concession = new Concession(VALUE, RAILS, 5);

    assertThat(concession.target(2, 1_100)).isEqualTo(1_100 + 1_550 / 9.0, within(HAIR));
    assertThat(concession.target(3, 1_100)).isEqualTo(1_100 + 1_550 * 4 / 9.0, within(HAIR));
    assertThat(concession.target(4, 1_100)).isEqualTo(2_650, within(HAIR));
  }

  @Test
  void shouldStakeHalfWayToOurWalkAway_inTheLastRound() {
    // Walk-away 3,000: (2,400 + 3,000) / 2 = 2,700, below the limit of 2,900.
    DealValue narrow = new DealValue(Prospect.of(10_000).without(0, 7_000, 1_400));

    assertThat(new Concession(narrow, RAILS, 3).target(3, 2_400)).isEqualTo(2_700, within(HAIR));
    assertThat(new Concession(VALUE, RAILS, 3).target(3, 2_650)).isEqualTo(2_900, within(HAIR));
  }

  @Test
  void shouldMaximiseTheExpectedGain_inTheLastRound() {
    DealValue narrow = new DealValue(Prospect.of(10_000).without(0, 7_000, 1_400));
    double chosen = new Concession(narrow, RAILS, 3).target(3, 2_400);
    for (double cost = 2_400; cost <= 2_900; cost += 1) {
      assertThat((cost - 2_400) * (3_000 - cost))
          .isLessThanOrEqualTo((chosen - 2_400) * (3_000 - chosen) + HAIR);
    }
  }

  @Test
  void shouldSayWhyItOpensSo() {
    assertThat(new Concession(VALUE, RAILS, 3).open().why().en())
        .contains("a cost of 1,100", "below 1,400", "above 8,900", "2,650");
  }

  @Test
  void shouldAcceptWhatCostsHardlyMoreThanOurNextOffer_asByHand() {
    // Walk-away 5,000: S = 3,600, L = 1,500, KS = 1,400 + 5.4e6 / 5,100 = 2,458.82; 2 % of the
    // 2,541.18 that it leaves is 50.82.
    DealValue value = new DealValue(Prospect.of(10_000).without(0, 5_000, 1_400));
    Concession concession = new Concession(value, RAILS, 3);
    double fair = 1_400 + 3_600 * 1_500 / 5_100.0;
    double most = fair + 0.02 * (5_000 - fair);

    assertThat(concession.acceptCostMax(1, RAILS.opening())).isEqualTo(most, within(0.011));
    assertThat(concession.accepts(1, RAILS.opening(), new Offer(0.25, 9))).isTrue();
    assertThat(concession.accepts(1, RAILS.opening(), new Offer(0.25, 9.6))).isTrue();
    assertThat(concession.accepts(1, RAILS.opening(), new Offer(0.25, 9.8))).isFalse();
    assertThat(concession.accepts(1, RAILS.opening(), new Offer(0.2501, 0))).isFalse();
    assertThat(concession.verdict(1, RAILS.opening(), new Offer(0.25, 100)).en())
        .isEqualTo(
            "Countered: it is within our limits but costs 2,600, more than the 2,510 that we"
                + " accept now, as we would offer no more than 2,459 next.");
    // Asked is within the limits, yet the offer stays below it.
    Offer next = concession.next(2, RAILS.opening(), new Offer(0.25, 100)).offer();
    assertThat(next.fixedFee()).isEqualTo(100);
    assertThat(next.revenueShare()).isEqualTo(0.2358, within(HAIR));
    // The last round takes all within the limits, and nothing beyond.
    assertThat(concession.accepts(3, RAILS.opening(), RAILS.limits())).isTrue();
    assertThat(concession.acceptCostMax(3, RAILS.opening())).isEqualTo(2_900.01, within(0.011));
    assertThat(concession.accepts(3, RAILS.opening(), new Offer(0.25, 400.01))).isFalse();
  }

  @Test
  void shouldNotHaggleOverAFairDivision_howeverSlowlyWeGiveWay() {
    DealValue value = new DealValue(Prospect.of(10_000).without(0, 5_000, 1_400));
    Concession slow = new Concession(value, RAILS, 10);
    double fair = 1_400 + 3_600 * 1_500 / 5_100.0;

    assertThat(slow.target(2, 1_100)).isLessThan(1_150);
    assertThat(slow.acceptCostMax(1, RAILS.opening())).isEqualTo(fair, within(0.011));
  }

  @Test
  void shouldTakeAllWithinTheLimits_whenOneRoundIsAll() {
    Concession once = new Concession(VALUE, RAILS, 1);

    assertThat(once.accepts(1, RAILS.opening(), RAILS.limits())).isTrue();
    assertThat(once.accepts(1, RAILS.opening(), new Offer(0.26, 0))).isFalse();
  }

  @Test
  void shouldNeverExceedLimitsAsksNorGoBack_whateverIsAsked() {
    SplittableRandom random = new SplittableRandom(11);
    for (int run = 0; run < 5_000; run++) {
      Offer limits = new Offer(random.nextDouble(), 1_000 * random.nextDouble());
      Offer opening =
          new Offer(
              limits.revenueShare() * random.nextDouble(), limits.fixedFee() * random.nextDouble());
      double revenue = run % 10 == 0 ? 0 : 5_000 * random.nextDouble();
      DealValue value =
          new DealValue(
              Prospect.of(revenue)
                  .without(0, revenue * random.nextDouble(), 1_000 * random.nextDouble()));
      int roundsMax = random.nextInt(2, 7);
      Concession concession = new Concession(value, new GuardRails(opening, limits), roundsMax);
      Offer last = opening;
      for (int round = 2; round <= 8; round++) {
        Offer asked = new Offer(random.nextDouble(), 2_000 * random.nextDouble());
        if (concession.accepts(round - 1, last, asked)) {
          assertThat(value.cost(asked)).isLessThanOrEqualTo(value.cost(limits) * (1 + HAIR));
          assertThat(concession.accepts(round - 1, last, new Offer(asked.revenueShare() / 2, 0)))
              .as("what costs less is accepted too")
              .isTrue();
        }
        Offer next = concession.next(round, last, asked).offer();
        assertThat(next.revenueShare())
            .isLessThanOrEqualTo(Math.min(limits.revenueShare(), asked.revenueShare()))
            .isGreaterThanOrEqualTo(Math.min(last.revenueShare(), asked.revenueShare()));
        assertThat(next.fixedFee())
            .isLessThanOrEqualTo(Math.min(limits.fixedFee(), asked.fixedFee()))
            .isGreaterThanOrEqualTo(Math.min(last.fixedFee(), asked.fixedFee()));
        last = next;
      }
    }
  }

  @Test
  void shouldRefuseRoundsThatMakeNoSense() {
    assertThatThrownBy(() -> new Concession(VALUE, RAILS, 0))
        .isInstanceOf(NegotiationException.class);
    assertThatThrownBy(() -> new Concession(VALUE, RAILS, 21))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("from 1 to 20");
    assertThatThrownBy(() -> new Concession(VALUE, RAILS, 3).next(1, RAILS.opening(), GREEDY))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("The round is 1.0");
  }
}
