/**
 * The workers of market research: demand, competition, trend, opportunity. The work itself is in
 * {@link io.channelwise.research}.
 */
package io.channelwise.worker.research;
