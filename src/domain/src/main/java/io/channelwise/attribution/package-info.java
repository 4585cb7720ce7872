/**
 * Which channels earned the purchases: rules of thumb, Markov chains with removal effects, Shapley
 * values, each with a bootstrap interval. Pure arithmetic on paths: no SQL, no clock, and the same
 * answer on every run.
 */
package io.channelwise.attribution;
