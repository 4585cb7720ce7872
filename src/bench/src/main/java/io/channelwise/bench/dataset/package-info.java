/**
 * The published data sets as examples, read from the files as they were published. What a set
 * lacks, a split for instance, is made here, from a seed.
 */
package io.channelwise.bench.dataset;
