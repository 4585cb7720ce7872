package io.channelwise.negotiation;

import io.channelwise.campaign.Text;

/**
 * An offer and why it is this one.
 *
 * @param cost what it costs us over the term
 * @param target what the strategy was ready to spend; the cost is less where the channel asks less
 * @param why one or two sentences with the figures
 */
public record CounterOffer(Offer offer, double cost, double target, Text why) {}
