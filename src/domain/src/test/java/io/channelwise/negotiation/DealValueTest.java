package io.channelwise.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DealValueTest {
  private static final double HAIR = 1e-9;

  @Test
  void shouldValueBothSides_asByHand() {
    // 1000 × 0.5 × 0.1 × 200 = 10,000; the share takes 2,000, the fee 500, selling costs it 1,000.
    DealValue value = new DealValue(Prospect.of(1_000, 0.5, 0.1, 200).without(0.1, 4_000, 300));
    Offer offer = new Offer(0.2, 500);

    assertThat(value.ours(offer)).isEqualTo(7_500, within(HAIR));
    assertThat(value.theirs(offer)).isEqualTo(1_500, within(HAIR));
    assertThat(value.ourWalkAway()).isEqualTo(6_000, within(HAIR));
    assertThat(value.theirWalkAway()).isEqualTo(1_300, within(HAIR));
    assertThat(value.ourShareMax(500)).isEqualTo(0.55, within(HAIR));
    assertThat(value.theirShareMin(500)).isEqualTo(0.08, within(HAIR));
    assertThat(value.theirShareMin(5_000)).isZero();
  }

  @Test
  void shouldValueTheTerm_asByHand() {
    // 1 + 1 / 1.25 + 1 / 1.5625 = 2.44; the fee is paid once.
    DealValue value = new DealValue(Prospect.of(1_000).over(3, 0.25));

    assertThat(value.ours(new Offer(0.5, 100))).isEqualTo(2_440 * 0.5 - 100, within(HAIR));
    assertThat(Prospect.of(1_000).over(3, 0).annuity()).isEqualTo(3, within(HAIR));
  }

  @Test
  void shouldValueExclusivity_asByHand() {
    // Half of the rivals' 4,000 comes over; the 3,000 that they left for us are gone.
    DealValue value = new DealValue(Prospect.of(10_000).shutting(4_000, 3_000, 0.5));

    assertThat(value.ours(new Offer(0.25, 0))).isEqualTo(12_000 * 0.75 - 3_000, within(HAIR));
    assertThat(value.theirs(new Offer(0.25, 0))).isEqualTo(3_000, within(HAIR));
    assertThat(value.ourWalkAway()).isEqualTo(9_000, within(HAIR));
  }

  @Test
  void shouldLeaveTheTiersAboveTheirMargin_asByHand() {
    DealValue value = new DealValue(Prospect.of(10_000).below(0.2));

    assertThat(value.ours(new Offer(0.25, 100))).isEqualTo(10_000 * 0.75 * 0.8 - 100, within(HAIR));
    assertThat(value.theirs(new Offer(0.25, 100))).isEqualTo(2_600, within(HAIR));
  }

  @Test
  void shouldHaveNoShares_withoutRevenue() {
    DealValue value = new DealValue(Prospect.of(0));

    assertThat(value.ourShareMax(0)).isZero();
    assertThat(value.theirShareMin(0)).isZero();
  }

  @Test
  void shouldRefuseFiguresThatNoDealHas() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      assertThatThrownBy(() -> Prospect.of(wrong)).isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> new Offer(wrong, 0)).isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> new Offer(0, wrong)).isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> Prospect.of(1, wrong, 0.1, 1))
          .isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> Prospect.of(1).over(2, wrong))
          .isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> Prospect.of(1).shutting(wrong, 0, 0))
          .isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> Prospect.of(1).below(wrong))
          .isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> Prospect.of(1).without(0, wrong, 0))
          .isInstanceOf(NegotiationException.class);
      assertThatThrownBy(() -> GuardRails.around(new Offer(0, 0), new Offer(0, 0), wrong))
          .isInstanceOf(NegotiationException.class);
    }
    List<Runnable> others =
        List.of(
            () -> Prospect.of(1).over(0, 0),
            () -> Prospect.of(1).shutting(1, 2, 0),
            () -> new GuardRails(new Offer(0.2, 0), new Offer(0.1, 0)),
            () -> new Offer(1.01, 0));
    for (Runnable wrong : others) {
      assertThatThrownBy(wrong::run).isInstanceOf(NegotiationException.class);
    }
  }

  @Test
  void shouldSayWhatIsWrong_inBothLanguages() {
    NegotiationException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            NegotiationException.class, () -> new Offer(1.5, 0));

    assertThat(refused)
        .hasMessage(
            "The revenue share is 1.5; a number from 0 to 1 is expected. Correct it and try again.");
    assertThat(refused.text().zh()).isEqualTo("分成为 1.5，应在 0 到 1 之间，请更正后重试。");
  }
}
