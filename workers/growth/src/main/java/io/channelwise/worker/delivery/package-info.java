/**
 * Sends messages out of the product: mail, signed webhook, or a folder for a trial. Other packages
 * use {@link io.channelwise.worker.delivery.Delivery} and never an adapter.
 */
package io.channelwise.worker.delivery;
