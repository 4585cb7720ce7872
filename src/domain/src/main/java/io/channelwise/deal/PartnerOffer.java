package io.channelwise.deal;

import java.time.Instant;

/**
 * What a partner may see of a deal: never our limits.
 *
 * @param locale {@code en} or {@code zh}
 * @param roundsMax rounds that offers are made in before people talk
 * @param movement what the offer answers; null when it answers no counter-offer
 * @param expiresAt end of the link
 */
public record PartnerOffer(
    String company,
    String product,
    String channel,
    String locale,
    String currency,
    int round,
    int roundsMax,
    Movement movement,
    Terms terms,
    boolean exclusive,
    int termMonths,
    Instant expiresAt) {}
