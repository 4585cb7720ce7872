/**
 * Business models over HTTP: what a form shows, and what to expect of a plan that a person makes
 * up. The work itself is in {@link io.channelwise.plan}.
 */
package io.channelwise.server.plan;
