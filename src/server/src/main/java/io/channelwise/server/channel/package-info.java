/** Behaviour events over REST. They come in any number and are streamed to the database. */
package io.channelwise.server.channel;
