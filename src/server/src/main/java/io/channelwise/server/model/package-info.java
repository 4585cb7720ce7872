/**
 * Training runs, versions and predictions over REST. Predictions are answered by the inference
 * worker; the server only forwards them.
 */
package io.channelwise.server.model;
