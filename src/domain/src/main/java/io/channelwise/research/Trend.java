package io.channelwise.research;

/**
 * Change of a market over its periods, as medians of pairwise slopes (Theil 1950, Sen 1968).
 *
 * @param growth of the effective number of competitors, relative, a year; null with fewer than two
 *     periods
 * @param priceGrowth of the mean price, relative, a year; null likewise
 * @param leaderShareChange of the largest share, points a year; null likewise
 */
record Trend(
    String market, long periods, Double growth, Double priceGrowth, Double leaderShareChange) {}
