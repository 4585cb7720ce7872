/**
 * How good the models are: each benchmark trains on a published data set as a user would and judges
 * on its test part. Settings were chosen on dev parts, never on test.
 */
package io.channelwise.bench.quality;
