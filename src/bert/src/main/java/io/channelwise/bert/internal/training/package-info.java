/**
 * The training loop and its parts: batches, schedule, optimiser, checkpoints. One thread owns a
 * training.
 */
package io.channelwise.bert.internal.training;
