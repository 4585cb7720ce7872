/**
 * Runs a past cycle again on what it recorded, with another channel set, price or budget, and
 * compares the figures. Reads through the services of the other domains and stores nothing.
 */
package io.channelwise.replay;
