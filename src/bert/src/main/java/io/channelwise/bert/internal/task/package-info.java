/** From logits to the answers and scores of each task. Pure functions over numbers of the host. */
package io.channelwise.bert.internal.task;
