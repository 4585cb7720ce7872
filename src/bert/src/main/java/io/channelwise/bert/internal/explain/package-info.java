/**
 * Says which words of an input led to an answer: integrated gradients and the page that shows them.
 * Start at {@link io.channelwise.bert.internal.explain.IntegratedGradients}.
 */
package io.channelwise.bert.internal.explain;
