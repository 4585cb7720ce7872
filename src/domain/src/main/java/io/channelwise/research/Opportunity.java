package io.channelwise.research;

import java.util.List;

/**
 * How promising a market is, and why.
 *
 * <p>{@code score = 0.40 need + 0.25 room + 0.15 growth + 0.20 payment}, each part in 0..1, the
 * weights being {@link OpportunityWeights#DEFAULT} unless the campaign or a person sets others:
 *
 * <ul>
 *   <li>need: lower end of the 95 % interval of the need share, so that few answers count for less;
 *       its interval is that interval
 *   <li>room: 1 − HHI ({@link Concentration}); its interval comes from the bounds of HHI
 *   <li>growth: 0.5 + growth, cut to 0..1; growth is the yearly change of the effective number of
 *       competitors 1/HHI by {@link TheilSen}. Market size is not in the data; entrants that win
 *       share are what a growing market shows. 0 when fewer than two periods are known
 *   <li>payment: share of those with the need who would pay the competitors' mean price (weighted
 *       by share) or more, by the lower end of its 95 % interval; 0 when nobody named a price; 0.5
 *       when no competitor's price is known
 * </ul>
 *
 * @param rank 1 is the best; excluded markets come last
 * @param demandShare share of respondents with the need
 * @param concentration HHI, 0..1; 0 when no competitor is known
 * @param growth relative change a year
 * @param scoreLow the score with every part at the lower end of its interval
 * @param scoreHigh the score with every part at the upper end
 * @param viable not excluded, and the need is above zero
 * @param intervals of the parts, in the order of {@link Sensitivity#PARTS}; empty in what a release
 *     before stored
 */
public record Opportunity(
    String market,
    int rank,
    double demandShare,
    double concentration,
    double growth,
    double needPart,
    double roomPart,
    double growthPart,
    double paymentPart,
    double score,
    double scoreLow,
    double scoreHigh,
    boolean excluded,
    boolean viable,
    List<Interval> intervals) {

  public Opportunity {
    intervals = intervals == null ? List.of() : List.copyOf(intervals);
  }

  /** Ends of a part's interval, 0..1; equal when it has none. */
  public record Interval(double low, double high) {}

  double[] parts() {
    return new double[] {needPart, roomPart, growthPart, paymentPart};
  }

  /** The market scored by its parts; without a rank. */
  Opportunity with(OpportunityWeights weights, boolean leftOut) {
    double[] lows = intervals.stream().mapToDouble(Interval::low).toArray();
    double[] highs = intervals.stream().mapToDouble(Interval::high).toArray();
    return new Opportunity(
        market,
        0,
        demandShare,
        concentration,
        growth,
        needPart,
        roomPart,
        growthPart,
        paymentPart,
        weights.sum(parts()),
        weights.sum(lows),
        weights.sum(highs),
        leftOut,
        !leftOut && demandShare > 0,
        intervals);
  }

  Opportunity at(int place) {
    return new Opportunity(
        market,
        place,
        demandShare,
        concentration,
        growth,
        needPart,
        roomPart,
        growthPart,
        paymentPart,
        score,
        scoreLow,
        scoreHigh,
        excluded,
        viable,
        intervals);
  }
}
