/**
 * Negotiations with channels: offers, answers, signed terms, and the links by which partners
 * answer. The tables {@code deal}, {@code deal_offer}, {@code deal_reply}, {@code deal_message} and
 * {@code negotiation_history} are read and written here alone.
 */
package io.channelwise.deal;
