/**
 * The workflow engine in our process: its databases, configuration, models, groups and accounts.
 * Everything else reaches the engine through {@link io.channelwise.server.engine.EngineAccess}.
 */
package io.channelwise.server.engine;
