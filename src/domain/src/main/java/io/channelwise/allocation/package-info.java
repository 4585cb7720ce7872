/**
 * How to share money out over channels: a concave programme with caps, floors, fixed costs and
 * saturation, solved to a proven gap and explained. Pure mathematics without tables or state.
 */
package io.channelwise.allocation;
