/**
 * Hyperparameter search under a time budget: random search and successive halving. The same seed
 * proposes the same trials.
 */
package io.channelwise.bert.search;
