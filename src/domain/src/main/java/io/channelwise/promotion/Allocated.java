package io.channelwise.promotion;

/**
 * A budget shared out.
 *
 * @param version counts the sharings of the cycle, from 1
 * @param allocatedBudget sum of the channels' amounts, in the campaign's currency
 * @param largestShare of the channel that gets most, 0..1
 * @param allocatedChannels channels that get something
 */
public record Allocated(
    int version,
    double allocatedBudget,
    double largestShare,
    int allocatedChannels,
    String briefingId) {}
