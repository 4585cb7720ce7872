/**
 * Topics {@code deal.*}: offers drafted, sent, countered, signed, withdrawn. Terms and states are
 * kept by {@link io.channelwise.deal.DealService}; this package writes and sends the messages.
 */
package io.channelwise.worker.deal;
