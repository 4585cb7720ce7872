/**
 * Training runs with their progress, and the registry of model versions: what was trained on what,
 * how good it is, who released it. The files themselves are in the {@link
 * io.channelwise.model.ModelStore}.
 */
package io.channelwise.model;
