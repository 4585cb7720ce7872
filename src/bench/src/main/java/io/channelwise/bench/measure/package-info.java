/**
 * How things are measured: rounds that alternate between us and a peer, medians and spreads, tables
 * with the machine's facts. Nothing here knows a model.
 */
package io.channelwise.bench.measure;
