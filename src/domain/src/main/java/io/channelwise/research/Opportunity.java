package io.channelwise.research;

/**
 * How promising a market is, and why.
 *
 * <p>{@code score = 0.40 need + 0.25 room + 0.15 growth + 0.20 payment}, each part in 0..1:
 *
 * <ul>
 *   <li>need: lower end of the 95 % Wilson interval of the need share (Wilson 1927), so that few
 *       answers count for less
 *   <li>room: 1 − HHI, the Herfindahl–Hirschman index of the competitors' shares (Hirschman 1964)
 *   <li>growth: 0.5 + growth, cut to 0..1; growth is the yearly change of the effective number of
 *       competitors 1/HHI (Adelman 1969), by the median of slopes of its logarithm (Theil 1950, Sen
 *       1968). Market size is not in the data; entrants that win share are what a growing market
 *       shows. 0 when fewer than two periods are known
 *   <li>payment: w / (w + p), w the mean willingness to pay, p the competitors' mean price weighted
 *       by share: 0.5 when customers would pay what competitors ask; 0 when nobody named a price;
 *       0.5 when no competitor's price is known
 * </ul>
 *
 * @param rank 1 is the best; excluded markets come last
 * @param demandShare share of respondents with the need
 * @param concentration HHI, 0..1; 0 when no competitor is known
 * @param growth relative change a year
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
    boolean excluded,
    boolean viable) {

  static final double NEED_WEIGHT = 0.40;
  static final double ROOM_WEIGHT = 0.25;
  static final double GROWTH_WEIGHT = 0.15;
  static final double PAYMENT_WEIGHT = 0.20;
}
