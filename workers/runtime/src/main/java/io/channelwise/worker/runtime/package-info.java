/**
 * How a worker talks to the engine: contract, outcome mapping, lock keeper. A worker sees no
 * Camunda type; only this package does.
 */
package io.channelwise.worker.runtime;
