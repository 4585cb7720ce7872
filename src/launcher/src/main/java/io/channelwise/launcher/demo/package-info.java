/**
 * The demonstration: the sample campaign from start to end on one machine, with the human steps
 * played by sample users over REST. Only calls a person's browser or a partner could make are made.
 */
package io.channelwise.launcher.demo;
