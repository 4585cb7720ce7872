/**
 * What a model must beat to be worth its weight: word or character counts (TF-IDF) and logistic
 * regression by Tribuo. Tuned on held-out examples, as ours are.
 */
package io.channelwise.bench.baseline;
