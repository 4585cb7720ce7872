/**
 * The command that analyses channels from a file of events, without a server. The arithmetic is in
 * {@link io.channelwise.channel.ChannelAnalysis}.
 */
package io.channelwise.launcher.channel;
