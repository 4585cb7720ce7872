/**
 * Channels of a campaign and what users did on them: attraction, objective, score, paths. The
 * tables {@code channel}, {@code event}, {@code event_count} and {@code channel_score} are read and
 * written here alone.
 */
package io.channelwise.channel;
