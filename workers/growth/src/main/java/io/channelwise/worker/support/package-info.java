/**
 * Workers of customer service and tickets. Each calls {@code io.channelwise.support} and maps its
 * refusals to the engine's outcomes.
 */
package io.channelwise.worker.support;
