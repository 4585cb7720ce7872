/**
 * What a deal with a channel is worth to both sides, and how to give way between an opening and a
 * limit. Pure mathematics without tables or state; partners can be simulated.
 */
package io.channelwise.negotiation;
