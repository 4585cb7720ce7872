/**
 * The {@code channelwise} command: one class a subcommand. Knows every other module; no other
 * module knows it.
 */
package io.channelwise.launcher;
