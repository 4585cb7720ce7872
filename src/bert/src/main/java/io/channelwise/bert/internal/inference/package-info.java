/**
 * Logits from token ids, by PyTorch or by onnxruntime. Which of them is asked once, at load, where
 * the faster one of equals is taken.
 */
package io.channelwise.bert.internal.inference;
