package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.channel.Channel;
import io.channelwise.deal.NegotiationStrategy.Agreement;
import io.channelwise.deal.NegotiationStrategy.Behaviour;
import io.channelwise.deal.NegotiationStrategy.Opening;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NegotiationStrategyTest {
  private static final Channel SHOP =
      new Channel("shop", null, "partner", 1_000, 400, 0.2, null, null, null);

  private static Agreement agreed(String channel, double share, double fee) {
    return new Agreement(channel, new Terms(share, fee));
  }

  @Test
  void shouldExpectRevenue_asByHand() {
    // p = 20 / 200 = 0.1; own (8 + 50 × 0.1) / (50 + 50) = 0.13; 3000 / 20 = 150 a purchase.
    double revenue =
        NegotiationStrategy.expectedRevenue(1_000, 0.25, new Behaviour(50, 8, 200, 20, 3_000));

    assertThat(revenue).isEqualTo(1_000 * 0.25 * 0.13 * 150, within(1e-9));
  }

  @Test
  void shouldExpectNothing_withoutPurchases() {
    assertThat(NegotiationStrategy.expectedRevenue(1_000, 0.25, new Behaviour(9, 0, 9, 0, 0)))
        .isZero();
    assertThat(NegotiationStrategy.expectedRevenue(1_000, 0.25, new Behaviour(0, 0, 0, 0, 0)))
        .isZero();
  }

  @Test
  void shouldOpenBelowAndLimitAboveTheReferences_asByHand() {
    List<Agreement> past =
        List.of(agreed("shop", 0.10, 100), agreed("mall", 0.16, 300), agreed("radio", 0.9, 9_000));

    Opening opening = NegotiationStrategy.open(SHOP, List.of("shop", "mall"), past, 10_000);

    // Medians of the same kind: 0.13 and 200; listed 0.2 and 400.
    assertThat(opening.offer().revenueShare()).isEqualTo(0.8 * 0.13, within(1e-12));
    assertThat(opening.offer().fixedFee()).isEqualTo(160, within(1e-9));
    assertThat(opening.limits().revenueShare()).isEqualTo(0.25, within(1e-12));
    assertThat(opening.limits().fixedFee()).isEqualTo(500, within(1e-9));
  }

  @Test
  void shouldNeverPromiseMoreThanTheChannelBrings() {
    Opening opening = NegotiationStrategy.open(SHOP, List.of("shop"), List.of(), 200);

    assertThat(opening.limits().fixedFee()).isEqualTo(200 * 0.75, within(1e-9));
    assertThat(opening.limits().value(200)).isEqualTo(0, within(1e-9));
    assertThat(opening.offer().fixedFee()).isEqualTo(150, within(1e-9));
  }

  @Test
  void shouldTakeTheCheapestAgreementForTheWalkAway_asByHand() {
    List<Agreement> past = List.of(agreed("shop", 0.10, 100), agreed("mall", 0.05, 900));

    // Of 2,000 + 400 listed, 1,000 + 100 and 500 + 900.
    assertThat(
            NegotiationStrategy.open(SHOP, List.of("shop", "mall"), past, 10_000).partnerWalkAway())
        .isEqualTo(1_100, within(1e-9));
    assertThat(NegotiationStrategy.open(SHOP, List.of(), List.of(), 10_000).partnerWalkAway())
        .isEqualTo(2_400, within(1e-9));
  }

  @Test
  void shouldOfferRoundFigures() {
    Channel odd = new Channel("odd", null, "partner", 1, 333.333, 0.123_456, null, null, null);

    Opening opening = NegotiationStrategy.open(odd, List.of("odd"), List.of(), 1_000);

    assertThat(opening.offer()).isEqualTo(new Terms(0.0988, 266.66));
    assertThat(opening.limits()).isEqualTo(new Terms(0.1543, 416.66));
  }

  @Test
  void shouldNeverExceedTheLimits_fromDraftToLastRound() {
    Random random = new Random(11);
    for (int run = 0; run < 2_000; run++) {
      Channel channel =
          new Channel(
              "shop",
              null,
              "partner",
              1,
              1_000 * random.nextDouble(),
              random.nextDouble(),
              null,
              null,
              null);
      List<Agreement> past =
          run % 3 == 0
              ? List.of()
              : List.of(agreed("shop", random.nextDouble(), 1_000 * random.nextDouble()));
      double revenue = run % 7 == 0 ? 0 : 5_000 * random.nextDouble();
      Opening opening = NegotiationStrategy.open(channel, List.of("shop"), past, revenue);
      assertThat(opening.limits().value(revenue)).isGreaterThanOrEqualTo(-1e-9);
      Terms last = opening.offer();
      for (int round = 2; round <= 5; round++) {
        Terms asked = new Terms(random.nextDouble(), 2_000 * random.nextDouble());
        Terms next =
            NegotiationStrategy.terms(
                NegotiationStrategy.concession(opening, revenue, 3)
                    .next(round, NegotiationStrategy.offer(last), NegotiationStrategy.offer(asked))
                    .offer());
        assertThat(next.revenueShare()).isLessThanOrEqualTo(opening.limits().revenueShare());
        assertThat(next.fixedFee()).isLessThanOrEqualTo(opening.limits().fixedFee());
        last = next;
      }
    }
  }
}
