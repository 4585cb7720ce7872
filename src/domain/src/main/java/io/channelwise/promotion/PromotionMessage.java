package io.channelwise.promotion;

import java.math.BigDecimal;

/**
 * A material on its way to a channel.
 *
 * @param id the same on every attempt; letters, digits, dots and hyphens only
 * @param contact where the channel is reached; null when unknown
 * @param approved the channel's part of the budget, in the campaign's currency
 * @param released what of it is released with this message
 */
public record PromotionMessage(
    String id,
    String channel,
    String contact,
    String material,
    String kind,
    String title,
    String body,
    BigDecimal approved,
    BigDecimal released) {}
