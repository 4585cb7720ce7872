/**
 * Commands around models: train, evaluate, predict, import-model. Each reads files, calls {@code
 * io.channelwise.bert} and prints; a user's mistake ends with one sentence and exit code 2.
 */
package io.channelwise.launcher.model;
