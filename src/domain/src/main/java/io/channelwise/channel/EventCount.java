package io.channelwise.channel;

/**
 * Events of one kind.
 *
 * @param type {@code view}, {@code click} or {@code purchase}
 * @param revenue in the campaign's currency
 * @param cost likewise
 */
public record EventCount(
    String channel, String segment, String type, long events, double revenue, double cost) {}
