package io.channelwise.promotion;

/**
 * Something to promote with.
 *
 * @param kind e.g. {@code white paper}, {@code case study}
 * @param channel the channel it is for; null for any
 */
record Material(String material, String kind, String channel, String title, String body) {}
