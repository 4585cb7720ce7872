/**
 * The sample company and its data, written for this product: small tables by hand, large ones by a
 * seeded generator. Everything here is invented and says so wherever it appears.
 */
package io.channelwise.launcher.sample;
