package io.channelwise.deal;

import java.time.Instant;

/**
 * An answer as recorded.
 *
 * @param terms asked for, or those of the offer when it was accepted or declined
 * @param correlatedAt when the negotiation was told; null before
 */
public record DealReply(
    String dealId,
    String campaignKey,
    int round,
    ReplyOutcome outcome,
    Terms terms,
    ReplySource source,
    Instant recordedAt,
    Instant correlatedAt) {}
