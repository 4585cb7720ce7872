package io.channelwise.support;

/**
 * A way customers reach support.
 *
 * @param hours as the company writes them; null when not given
 * @param slaMinutes promised time to an answer; null when none
 */
record SupportChannel(String supportChannel, String hours, Integer slaMinutes) {}
