/**
 * The benchmarks of the BERT library, each against a named peer or a published figure in the same
 * run. They print what they measured and never a figure that they did not.
 */
package io.channelwise.bench;
