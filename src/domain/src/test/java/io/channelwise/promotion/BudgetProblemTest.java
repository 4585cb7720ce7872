package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelEffects;
import io.channelwise.channel.ChannelEffects.Basis;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetProblemTest {
  private static final Attraction NO_CLICKS = new Attraction(0, List.of(), List.of(), List.of());

  /** A sharing of the time when fees were taken from the budget. */
  private static SharingInputs recorded(double budget) {
    BigDecimal money = BigDecimal.valueOf(budget).setScale(2);
    return new SharingInputs(
        money,
        BigDecimal.ZERO,
        new BudgetProblem(
            money,
            "CNY",
            List.of(candidate("alpha", 500), candidate("beta", 300)),
            NO_CLICKS,
            new ChannelEffects(Basis.CLICKS, List.of(), Map.of())));
  }

  private static BudgetProblem.Candidate candidate(String channel, double reach) {
    return new BudgetProblem.Candidate(
        channel, reach, 600, null, BigDecimal.ZERO.setScale(2), null);
  }

  @Test
  void shouldReplayOldSharings_withTheFixedCostsTheyHad() {
    // Both fees are 1,200: alpha alone, with the larger reach, and 400 left for it.
    Sharing sharing = recorded(1_000).again(1, null, null);

    assertThat(sharing.fixedCosts()).isEqualByComparingTo("600");
    assertThat(sharing.of("alpha").orElseThrow().amount()).isEqualByComparingTo("400");
    assertThat(sharing.of("beta").orElseThrow().amount()).isEqualByComparingTo("0");
    assertThatThrownBy(() -> recorded(1_000).again(1, 500.0, null))
        .isInstanceOf(SharingRefusedException.class)
        .hasMessageContaining("raise the budget");
  }
}
