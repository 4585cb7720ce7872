package io.channelwise.deal;

import java.time.Instant;

/**
 * One negotiation with one channel.
 *
 * @param id process instance id of the negotiation
 * @param round of the offer on the table, from 1
 * @param roundsMax rounds that offers are made in before a person takes over
 * @param offer the offer on the table
 * @param limits the most we would ever give
 * @param agreed the signed terms; null before
 * @param expectedRevenue from the channel in one cycle, before the channel's share, after what
 *     tiers of resale above it keep
 * @param grossRevenue what customers would pay through the channel in one cycle, before anybody's
 *     share; as the expected revenue for deals of before it was kept
 * @param contractValue what the offer on the table, or the signed terms, would cost us
 * @param exclusive whether the channel would be the only one of its kind
 * @param termMonths how long the contract would run
 */
public record Deal(
    String id,
    String campaignKey,
    int cycle,
    String channel,
    DealState state,
    int round,
    int roundsMax,
    Terms offer,
    Terms limits,
    Terms agreed,
    double expectedRevenue,
    double grossRevenue,
    double contractValue,
    boolean exclusive,
    int termMonths,
    Instant createdAt,
    Instant updatedAt) {

  /** Of what customers pay, the share (0..1) that tiers of resale above the channel keep. */
  public double tiersAbove() {
    return grossRevenue > 0 ? 1 - expectedRevenue / grossRevenue : 0;
  }
}
