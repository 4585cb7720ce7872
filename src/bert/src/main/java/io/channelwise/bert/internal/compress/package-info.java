/**
 * Smaller models: students with fewer layers, pruned weights, heads and neurons, and the measuring
 * of what they lose and win. Files are changed one tensor at a time, so that a model need not fit
 * into Java memory twice.
 */
package io.channelwise.bert.internal.compress;
