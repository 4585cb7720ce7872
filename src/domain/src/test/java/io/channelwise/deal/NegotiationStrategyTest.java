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
      new Channel("shop", null, "partner", 1_000, 400, 0.2, null, null);

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
  void shouldConcedeLinearly_asByHand() {
    Terms opening = new Terms(0.10, 100);
    Terms limits = new Terms(0.25, 400);
    Terms greedy = new Terms(0.9, 9_000);

    Terms second = NegotiationStrategy.concede(opening, limits, opening, greedy, 2);
    Terms third = NegotiationStrategy.concede(opening, limits, second, greedy, 3);
    Terms fourth = NegotiationStrategy.concede(opening, limits, third, greedy, 4);

    assertThat(second.revenueShare()).isEqualTo(0.175, within(1e-12));
    assertThat(second.fixedFee()).isEqualTo(250, within(1e-9));
    assertThat(third).isEqualTo(limits);
    assertThat(fourth).isEqualTo(limits);
  }

  @Test
  void shouldGrantWhatIsWithinTheLimits() {
    Terms byHand = new Terms(0.24, 50);

    assertThat(
            NegotiationStrategy.concede(
                new Terms(0.10, 100), new Terms(0.25, 400), new Terms(0.10, 100), byHand, 2))
        .isEqualTo(byHand);
  }

  @Test
  void shouldGiveWhatIsAsked_whenItIsLess() {
    Terms opening = new Terms(0.10, 100);

    Terms next =
        NegotiationStrategy.concede(
            opening, new Terms(0.25, 400), opening, new Terms(0.12, 1_000), 2);

    assertThat(next.revenueShare()).isEqualTo(0.12);
    assertThat(next.fixedFee()).isEqualTo(250, within(1e-9));
  }

  @Test
  void shouldOfferRoundFigures() {
    Channel odd = new Channel("odd", null, "partner", 1, 333.333, 0.123_456, null, null);

    Opening opening = NegotiationStrategy.open(odd, List.of("odd"), List.of(), 1_000);

    assertThat(opening.offer()).isEqualTo(new Terms(0.0988, 266.66));
    assertThat(opening.limits()).isEqualTo(new Terms(0.1543, 416.66));
  }

  @Test
  void shouldNeverExceedLimitsNorGoBack_whateverIsAsked() {
    Random random = new Random(11);
    for (int run = 0; run < 2_000; run++) {
      Terms limits =
          new Terms(
              NegotiationStrategy.roundShare(random.nextDouble()),
              NegotiationStrategy.floorFee(1_000 * random.nextDouble()));
      Terms opening =
          new Terms(
              limits.revenueShare() * random.nextDouble(), limits.fixedFee() * random.nextDouble());
      Terms last = opening;
      for (int round = 2; round <= 6; round++) {
        Terms asked = new Terms(random.nextDouble(), 2_000 * random.nextDouble());
        Terms next = NegotiationStrategy.concede(opening, limits, last, asked, round);
        assertThat(next.revenueShare()).isLessThanOrEqualTo(limits.revenueShare());
        assertThat(next.fixedFee()).isLessThanOrEqualTo(limits.fixedFee());
        assertThat(next.revenueShare())
            .isGreaterThanOrEqualTo(Math.min(last.revenueShare(), asked.revenueShare()));
        last = next;
      }
    }
  }
}
