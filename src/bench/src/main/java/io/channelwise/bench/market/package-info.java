/**
 * Benchmarks of the market's mathematics: how fast and how exact the answers are. Each is measured
 * against an independent solver where one is at hand.
 */
package io.channelwise.bench.market;
