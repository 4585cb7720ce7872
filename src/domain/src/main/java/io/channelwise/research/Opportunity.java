package io.channelwise.research;

/**
 * How promising a market is, and why.
 *
 * <p>{@code score = 0.40 need + 0.25 room + 0.15 growth + 0.20 payment}, each part in 0..1, the
 * weights being {@link OpportunityWeights#DEFAULT}:
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
    boolean viable) {

  double[] parts() {
    return new double[] {needPart, roomPart, growthPart, paymentPart};
  }
}
