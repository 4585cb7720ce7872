package io.channelwise.research;

/**
 * What hurts respondents of a market.
 *
 * @param share of the respondents with the need who named it
 */
record PainPoint(String market, int rank, String painPoint, long mentions, double share) {}
