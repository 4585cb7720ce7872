package io.channelwise.support;

/**
 * What the recording of a classification found.
 *
 * @param ticket as stored now
 * @param surge true when this ticket raised a surge of negative sentiment; the same on every
 *     repetition for this ticket
 * @param negativeShare share of negative tickets among the last classified ones, 0..1
 */
public record Classification(Ticket ticket, boolean surge, double negativeShare) {}
