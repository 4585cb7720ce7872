/**
 * Workers of product iteration: feedback, datasets, backlog. Each calls {@code
 * io.channelwise.feedback} and maps its refusals to the engine's outcomes.
 */
package io.channelwise.worker.feedback;
