/**
 * Market research over HTTP: how the markets rank, and how they would with other weights. The work
 * itself is in {@link io.channelwise.research}.
 */
package io.channelwise.server.research;
