/**
 * Training on few examples: contrastive tuning of the encoder, a convex linear head, and the
 * cross-validation that chooses. Everything random comes from the seed; one thread.
 */
package io.channelwise.bert.internal.fewshot;
