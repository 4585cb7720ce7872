package io.channelwise.model;

/**
 * A candidate with its evaluation stored.
 *
 * @param briefingId what the decision on the release is taken with
 */
public record Judged(ModelVersion version, String briefingId) {}
