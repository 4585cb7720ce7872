/**
 * Customer service: support channels, training material, tickets and the watch for surges of
 * negative sentiment. Others use {@link io.channelwise.support.SupportService}.
 */
package io.channelwise.support;
