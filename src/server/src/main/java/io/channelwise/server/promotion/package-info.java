/**
 * Promotions over REST: budgets as they were shared out, money and messages as they went. Reads
 * only; all of it comes about in the processes.
 */
package io.channelwise.server.promotion;
