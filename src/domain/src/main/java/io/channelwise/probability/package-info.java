/**
 * How likely a session or user buys, learned from columns of behaviour: calibrated, judged on rows
 * held out, the same for the same rows and seed. Pure mathematics without tables or state.
 */
package io.channelwise.probability;
