/**
 * What an operator may set, checked once at the start. Wrong values stop the start and are named
 * together, with key, value and what is expected.
 */
package io.channelwise.server.settings;
