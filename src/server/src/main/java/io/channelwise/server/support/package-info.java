/** Customers' tickets over REST. Each ticket runs as one instance of {@code support-ticket}. */
package io.channelwise.server.support;
