package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.channel.AttractionFormula.Clicks;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreFormulaTest {
  private static final Channel SHOP =
      new Channel("shop", "retail", "partner", 999, 200, 0.2, null, null, null);
  private static final Channel FORUM =
      new Channel("forum", null, "community", 99, 50, 0, null, null, null);

  @Test
  void shouldAddTheWeightedParts_asByHand() {
    Attraction attraction =
        AttractionFormula.of(
            List.of("forum", "shop"),
            List.of(new Clicks("shop", "all", 8), new Clicks("forum", "all", 2)));

    List<ChannelScore> scores = ScoreFormula.of(List.of(FORUM, SHOP), attraction);

    // R = 8.5/11 and 2.5/11; log10(1000) = 3 and log10(100) = 2; costs 200 and 50; shares 0.2 and
    // 0.
    double shop = 0.4 * 1 + 0.25 * 1 + 0.2 * 0 + 0.15 * 0.8;
    double forum = 0.4 * (2.5 / 8.5) + 0.25 * (2.0 / 3.0) + 0.2 * 0.75 + 0.15 * 1;
    assertThat(scores).extracting(ChannelScore::channel).containsExactly("shop", "forum");
    assertThat(scores.get(0).score()).isEqualTo(shop, within(1e-12));
    assertThat(scores.get(1).score()).isEqualTo(forum, within(1e-12));
  }

  @Test
  void shouldStayWithinBounds_whenNothingIsKnown() {
    Channel free = new Channel("free", null, "social", 0, 0, 0, null, null, null);

    List<ChannelScore> scores =
        ScoreFormula.of(List.of(free), AttractionFormula.of(List.of("free"), List.of()));

    assertThat(scores.get(0).score()).isEqualTo(1, within(1e-12));
    assertThat(ScoreFormula.of(List.of(), AttractionFormula.of(List.of(), List.of()))).isEmpty();
  }
}
