/**
 * Walks every path of every model on an in-memory engine and checks the models against our rules.
 * The models themselves are plain files beside {@code src}; nothing here reaches production.
 */
package io.channelwise.processes;
