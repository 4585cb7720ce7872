/**
 * Hyperparameter search: what is tried, in which order, and how far each trial goes. The plans are
 * pure functions of what is done, so that the same seed and the same finished trials give the same
 * answer.
 */
package io.channelwise.bert.internal.search;
