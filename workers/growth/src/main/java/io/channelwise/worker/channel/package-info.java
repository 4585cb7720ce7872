/**
 * Topic {@code channel.score}. The arithmetic is in {@link io.channelwise.channel.ChannelService}.
 */
package io.channelwise.worker.channel;
