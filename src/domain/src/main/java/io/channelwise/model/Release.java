package io.channelwise.model;

/**
 * What asking for a release did.
 *
 * @param released false when the version had been discarded before, so that it is not live
 */
public record Release(ModelVersion version, boolean released) {}
