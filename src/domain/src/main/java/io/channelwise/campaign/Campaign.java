package io.channelwise.campaign;

import java.time.Instant;

/**
 * One product on its way to market.
 *
 * @param key chosen by the user, {@code [a-z0-9][a-z0-9-]{2,62}}; business key of its processes
 * @param locale {@code en} or {@code zh}
 * @param promotionBudget money for promotion of one cycle, in {@code currency}
 * @param currency ISO 4217 code
 */
public record Campaign(
    String key,
    String name,
    String company,
    String product,
    String description,
    String locale,
    double promotionBudget,
    String currency,
    CampaignSettings settings,
    Instant createdAt) {}
