package io.channelwise.channel;

import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a share of the budget does for a segment through a channel: its attraction, in clicks, times
 * what a click there is worth, in purchases.
 *
 * <p>worth(C) = (earned(C) + {@value #PRIOR_PURCHASES}) / (expected(C) + {@value
 * #PRIOR_PURCHASES}): earned are the purchases that the Markov chain attributes to the channel,
 * expected those it would have earned if every click were worth the same. Channels of few clicks
 * are drawn to 1, as by a Gamma prior of mean 1 that weighs as much as {@value #PRIOR_PURCHASES}
 * purchases.
 *
 * @param basis what the effects rest on
 * @param effects one a channel and segment, in the order of {@link Attraction#cells()}
 * @param worth one a channel
 */
public record ChannelEffects(Basis basis, List<Effect> effects, Map<String, Double> worth) {
  /** Purchases that the prior counts for. */
  static final double PRIOR_PURCHASES = 10;

  public ChannelEffects {
    effects = List.copyOf(effects);
  }

  /** What effects rest on. */
  public enum Basis {
    /** Attraction alone. */
    CLICKS,
    /** Attraction times worth. */
    PURCHASES
  }

  /**
   * @param expected r(C,U)
   * @param low its lower bound: the attraction's, times the worth at the lower bound of the credit
   */
  public record Effect(String channel, String segment, double expected, double low) {}

  /** Effects on purchases where there were any, else on clicks. */
  static ChannelEffects of(Attraction attraction, Attribution attribution) {
    return attribution.conversions() > 0
        ? of(attraction, attribution, Basis.PURCHASES)
        : of(attraction, attribution, Basis.CLICKS);
  }

  static ChannelEffects of(Attraction attraction, Attribution attribution, Basis basis) {
    Map<String, Double> worth = new TreeMap<>();
    Map<String, Double> low = new TreeMap<>();
    Map<String, Long> clicks = new TreeMap<>();
    attraction.cells().forEach(cell -> clicks.merge(cell.channel(), cell.clicks(), Long::sum));
    clicks.forEach(
        (channel, n) -> {
          double expected =
              attraction.clicks() == 0
                  ? 0
                  : (double) attribution.conversions() * n / attraction.clicks();
          Credit credit =
              basis == Basis.CLICKS
                  ? null
                  : attribution.model(Kind.MARKOV).flatMap(model -> model.of(channel)).orElse(null);
          worth.put(channel, credit == null ? 1 : worth(credit.amount(), expected));
          low.put(
              channel,
              credit == null ? 1 : worth(credit.low() * attribution.conversions(), expected));
        });
    List<Effect> effects =
        attraction.cells().stream()
            .map(
                cell ->
                    new Effect(
                        cell.channel(),
                        cell.segment(),
                        cell.share() * worth.get(cell.channel()),
                        cell.low() * low.get(cell.channel())))
            .toList();
    return new ChannelEffects(basis, effects, worth);
  }

  private static double worth(double earned, double expected) {
    return (earned + PRIOR_PURCHASES) / (expected + PRIOR_PURCHASES);
  }
}
