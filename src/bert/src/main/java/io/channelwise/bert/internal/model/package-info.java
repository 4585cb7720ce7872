/**
 * BERT as functions over named arrays on DJL's PyTorch engine. Gradient mode is per thread there:
 * whoever enters calls {@code Torch.enter()} first.
 */
package io.channelwise.bert.internal.model;
