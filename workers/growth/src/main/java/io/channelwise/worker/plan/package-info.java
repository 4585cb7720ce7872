/**
 * The workers that search for business models and publish the one chosen. The work itself is in
 * {@link io.channelwise.plan}.
 */
package io.channelwise.worker.plan;
