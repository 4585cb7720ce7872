/**
 * Replays over HTTP: a past cycle with another channel set, price or budget beside what it
 * recorded. The work itself is in {@link io.channelwise.replay}.
 */
package io.channelwise.server.replay;
