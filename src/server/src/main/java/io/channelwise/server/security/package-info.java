/**
 * One login for everything: a form for people, HTTP Basic for programs, a token for workers. The
 * engine's own identity service holds users, groups and passwords.
 */
package io.channelwise.server.security;
