/**
 * What smaller models lose and win. Each is measured beside the model it was made of, on the same
 * texts, in the same process.
 */
package io.channelwise.bench.compression;
