/**
 * The roles a process can take: server, workers of some topics. Each is started from configuration
 * and closed again; {@code up} runs several of them on one machine.
 */
package io.channelwise.launcher.role;
