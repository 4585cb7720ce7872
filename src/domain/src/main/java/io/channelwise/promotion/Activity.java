package io.channelwise.promotion;

import java.time.LocalDate;

/**
 * A planned use of a material on a channel.
 *
 * @param starts null when open
 * @param ends null when open
 * @param budget planned, in the campaign's currency; null when not planned
 */
record Activity(
    String activity,
    String material,
    String channel,
    LocalDate starts,
    LocalDate ends,
    Double budget) {}
