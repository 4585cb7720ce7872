package io.channelwise.channel;

/**
 * What a segment did on a channel in a span of time.
 *
 * @param views counted, 0 where views are not recorded
 */
public record Reactions(String segment, long views, long clicks) {}
