package io.channelwise.deal;

import java.time.Instant;

/**
 * One negotiation with one channel.
 *
 * @param id process instance id of the negotiation
 * @param round of the offer on the table, from 1
 * @param offer the offer on the table
 * @param limits the most we would ever give
 * @param agreed the signed terms; null before
 * @param expectedRevenue from the channel in one cycle, before the channel's share, after what
 *     tiers of resale above it keep
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
    Terms offer,
    Terms limits,
    Terms agreed,
    double expectedRevenue,
    double contractValue,
    boolean exclusive,
    int termMonths,
    Instant createdAt,
    Instant updatedAt) {}
