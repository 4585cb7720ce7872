/**
 * Channels of a campaign and what users did on them: attraction, objective, score. The tables
 * {@code channel}, {@code event} and {@code channel_score} are read and written here alone.
 */
package io.channelwise.channel;
