package io.channelwise.research;

import io.channelwise.research.MarketHistory.CompetitorRow;
import java.util.List;

/**
 * How few hold a market in one period.
 *
 * <p>HHI is the sum of the squared shares: Hirschman, A. O. (1964), The paternity of an index,
 * American Economic Review 54, 761. When the shares named sum to less than 1 it is only bounded:
 * below by a rest that is spread thinly, above by a rest held by as few unnamed competitors as
 * possible, none of them larger than the smallest named one (Naldi, M. and Flamini, M. (2014),
 * Interval estimation of the Herfindahl–Hirschman index under incomplete market information).
 * Shares that sum to more than 1 are scaled down to 1.
 *
 * @param hhi 0..1, the lower bound
 * @param hhiHigh upper bound
 * @param effective 1 / HHI, the number of equal competitors as concentrated: Adelman, M. A. (1969),
 *     Comment on the "H" concentration measure; null when all shares are zero
 * @param shareSum of the shares as brought
 * @param priceMean weighted by share; the plain mean when all shares are zero
 */
record Concentration(
    int competitors,
    double hhi,
    double hhiHigh,
    Double effective,
    double shareSum,
    String leader,
    double leaderShare,
    double priceMean,
    double priceMin,
    double priceMax) {

  /**
   * @param rows of one period, the largest share first, at least one
   */
  static Concentration of(List<CompetitorRow> rows) {
    double sum = rows.stream().mapToDouble(CompetitorRow::share).sum();
    double scale = Math.max(1, sum);
    double hhi = 0;
    double paid = 0;
    double prices = 0;
    for (CompetitorRow row : rows) {
      double share = row.share() / scale;
      hhi += share * share;
      paid += row.share() * row.price();
      prices += row.price();
    }
    double smallest = rows.get(rows.size() - 1).share() / scale;
    return new Concentration(
        rows.size(),
        Math.min(1, hhi),
        Math.min(1, hhi + largestSquares(1 - sum / scale, smallest)),
        hhi > 0 ? 1 / Math.min(1, hhi) : null,
        sum,
        rows.get(0).competitor(),
        rows.get(0).share(),
        sum > 0 ? paid / sum : prices / rows.size(),
        rows.stream().mapToDouble(CompetitorRow::price).min().orElseThrow(),
        rows.stream().mapToDouble(CompetitorRow::price).max().orElseThrow());
  }

  /** Largest sum of squares of shares that sum to the rest and are at most so large each. */
  private static double largestSquares(double rest, double largest) {
    if (rest <= 0 || largest <= 0) {
      return 0;
    }
    double whole = Math.floor(rest / largest);
    double left = rest - whole * largest;
    return whole * largest * largest + left * left;
  }
}
