package io.channelwise.promotion;

/**
 * Materials ready to be approved.
 *
 * @param materials pairs of a channel and a material
 */
public record Prepared(int materials, String briefingId) {}
