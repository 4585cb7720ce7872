/**
 * The inference worker: the released models, for support tickets and for predictions over a local
 * port. It takes up another version when one is released.
 */
package io.channelwise.worker.inference;
