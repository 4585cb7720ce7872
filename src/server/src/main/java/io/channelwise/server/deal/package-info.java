/**
 * Negotiations over REST: partners' answers by signed link or by staff, and their way into the
 * engine. An answer is committed first and told to the engine afterwards, again and again until it
 * took it.
 */
package io.channelwise.server.deal;
