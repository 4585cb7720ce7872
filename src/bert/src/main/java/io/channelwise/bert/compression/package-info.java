/**
 * Smaller and faster models from a trained one: distillation, pruning, ONNX with 8-bit weights.
 * Each comes with a report of accuracy against size and speed.
 */
package io.channelwise.bert.compression;
