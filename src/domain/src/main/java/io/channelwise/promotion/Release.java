package io.channelwise.promotion;

import java.math.BigDecimal;

/**
 * Money released to a channel.
 *
 * @param step 0 with the promotion itself, n with the n-th collection
 * @param amount in the campaign's currency, above 0
 */
public record Release(String channel, int step, BigDecimal amount) {}
