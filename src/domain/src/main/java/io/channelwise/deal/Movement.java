package io.channelwise.deal;

/**
 * How an offer came about.
 *
 * @param before our offer of the round before
 * @param asked what the partner wanted instead
 */
public record Movement(Terms before, Terms asked) {}
