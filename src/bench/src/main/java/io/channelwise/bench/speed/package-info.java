/**
 * How fast the library is: ours and a peer in turns, on the same texts, in one run. What both reach
 * is judged as well, for speed that costs quality is none.
 */
package io.channelwise.bench.speed;
