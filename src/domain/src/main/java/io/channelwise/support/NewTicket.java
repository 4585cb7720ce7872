package io.channelwise.support;

/**
 * A customer's question or complaint, as it comes in.
 *
 * @param text 1 to 5000 characters
 * @param channel support channel it came by; null when unknown
 * @param customer the customer's reference in the company's own systems; null when unknown
 * @param rating 1 (worst) to 5; null when not given
 */
public record NewTicket(
    String campaignKey, String text, String channel, String customer, Integer rating) {}
