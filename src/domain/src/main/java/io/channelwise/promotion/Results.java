package io.channelwise.promotion;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Results since the dispatch, at one moment.
 *
 * @param step counts the collections of the cycle, from 1
 * @param conversions purchases
 * @param revenue of the purchases, in the campaign's currency
 * @param spent money released so far, this step's included, in the campaign's currency
 */
public record Results(
    int step,
    long clicks,
    long conversions,
    double revenue,
    BigDecimal spent,
    Instant collectedAt) {}
