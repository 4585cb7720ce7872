/**
 * BERT as an ONNX graph, written with the ONNX protobuf classes as 32-bit floats or with 8-bit
 * weights. The graph is what people export, and what onnxruntime computes for us.
 */
package io.channelwise.bert.internal.onnx;
