package io.channelwise.research;

/**
 * Need for the product in a market, or in one segment of it.
 *
 * @param segment empty for the whole market
 * @param share of respondents who need it, 0..1, weighted
 * @param low lower end of the 95 % Wilson interval of the share
 * @param high upper end of it
 * @param willingnessToPay weighted mean over those with the need who named a price, in the
 *     campaign's currency; null when nobody did
 */
public record Demand(
    String market,
    String segment,
    long respondents,
    long needing,
    double share,
    double low,
    double high,
    Double willingnessToPay) {}
