/**
 * Feedback that can teach the model, the immutable datasets built from it, and the backlog of
 * improvements. Others use {@link io.channelwise.feedback.DatasetService}.
 */
package io.channelwise.feedback;
