package io.channelwise.research;

/**
 * A competitor in a market in the latest period known.
 *
 * @param share market share, 0..1
 * @param price in the campaign's currency
 */
public record Competitor(String name, double share, double price) {}
