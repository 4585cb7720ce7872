/**
 * Workers of market promotion. They call {@code io.channelwise.promotion}, send through {@code
 * io.channelwise.worker.delivery}, and map refusals to the engine's outcomes.
 */
package io.channelwise.worker.promotion;
