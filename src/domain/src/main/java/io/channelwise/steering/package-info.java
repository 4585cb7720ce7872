/**
 * How money that is not yet released moves between channels while results come in: pacing and
 * Thompson sampling within approved limits, explained. Pure mathematics without tables or state.
 */
package io.channelwise.steering;
