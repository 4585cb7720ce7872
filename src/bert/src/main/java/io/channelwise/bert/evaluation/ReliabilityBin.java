package io.channelwise.bert.evaluation;

/**
 * The answers whose stated probability lies in one range. A bin without answers has zeros.
 *
 * @param from lowest probability of the range, 0..1
 * @param to highest
 * @param count answers
 * @param confidence their mean stated probability
 * @param accuracy their share of right ones
 */
public record ReliabilityBin(
    double from, double to, int count, double confidence, double accuracy) {}
