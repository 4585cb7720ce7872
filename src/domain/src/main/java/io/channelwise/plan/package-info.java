/**
 * The business model: candidate plans by multi-objective search under three constraints, and the
 * one a person chose. A plan is a pricing model, a price, a service level and a set of channels.
 */
package io.channelwise.plan;
