/**
 * Everything on one machine: the data folder with its generated secrets, the embedded PostgreSQL
 * and the child processes. Used by {@code up} and {@code demo} only; production brings its own.
 */
package io.channelwise.launcher.local;
