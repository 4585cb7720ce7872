package io.channelwise.research;

/**
 * Competition in a market in its latest period.
 *
 * @param period normal form; empty when the data has no periods
 * @param concentration HHI, 0..1, of shares scaled down to a sum of 1 when they exceed it
 * @param shareSum sum of the shares brought; above 1 they contradict each other
 * @param priceMean weighted by share
 */
record Competition(
    String market,
    String period,
    long competitors,
    double concentration,
    double shareSum,
    String leader,
    double leaderShare,
    double priceMean,
    double priceMin,
    double priceMax) {}
