/**
 * Feedback and datasets over REST: what was gathered, what a model learned from. Reads only; both
 * come about in the processes.
 */
package io.channelwise.server.feedback;
