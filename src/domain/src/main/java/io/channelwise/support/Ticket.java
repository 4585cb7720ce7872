package io.channelwise.support;

import java.time.Instant;

/**
 * One customer question or complaint.
 *
 * @param id a uuid
 * @param language {@code en} or {@code zh}, detected by script
 * @param state {@code open}, {@code classified}, {@code answered} or {@code closed}
 * @param priority {@code normal} or {@code urgent}
 * @param intent the model's label; null until classified
 * @param sentiment {@code negative}, {@code neutral}, {@code positive} or {@code unknown}; null
 *     until classified
 * @param confidence of the intent, 0..1; null until classified
 * @param modelVersion version that classified it, {@code none} before a release; null until
 *     classified
 * @param surge whether this ticket raised a surge of negative sentiment
 * @param answeredBy {@code material} (automatically) or {@code agent}; null until answered
 * @param material the training material quoted; null when none
 * @param correctedIntent an agent's label; null when not corrected
 * @param correctedSentiment an agent's label; null when not corrected
 */
public record Ticket(
    String id,
    String campaignKey,
    String text,
    String language,
    String channel,
    String customer,
    Integer rating,
    String state,
    String priority,
    String intent,
    String sentiment,
    Double confidence,
    String modelVersion,
    boolean surge,
    String answer,
    String answeredBy,
    String material,
    String correctedIntent,
    String correctedSentiment,
    Instant openedAt,
    Instant classifiedAt,
    Instant answeredAt,
    Instant escalatedAt,
    Instant closedAt) {}
