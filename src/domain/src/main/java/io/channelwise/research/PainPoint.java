package io.channelwise.research;

/**
 * What hurts respondents of a market.
 *
 * @param rank by share; equal shares by name
 * @param rankBest place when every pain point whose interval overlaps were behind it
 * @param rankWorst place when all of these were before it
 * @param mentions respondents with the need who named it
 * @param share of the respondents with the need who named it, weighted
 */
record PainPoint(
    int rank, int rankBest, int rankWorst, String painPoint, long mentions, Proportion share) {}
