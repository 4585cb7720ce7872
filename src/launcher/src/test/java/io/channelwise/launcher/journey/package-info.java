/**
 * The whole product at once: a sample campaign on separate processes that are killed, its report
 * recomputed from the sample's files, bad input over REST, and the command line as a user meets it.
 */
package io.channelwise.launcher.journey;
