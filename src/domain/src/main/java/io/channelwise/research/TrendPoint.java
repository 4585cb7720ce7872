package io.channelwise.research;

/**
 * A market in one period.
 *
 * @param effectiveCompetitors 1/HHI; null when all shares are zero
 */
record TrendPoint(
    String market,
    String period,
    long competitors,
    Double effectiveCompetitors,
    double leaderShare,
    double priceMean) {}
