package io.channelwise.bert.compression;

import java.nio.file.Path;

/**
 * A written ONNX file.
 *
 * @param file the graph
 * @param int8 whether its weights have 8 bits
 * @param opset version of ONNX's operators it needs
 * @param bytes size, external data included
 */
public record OnnxExport(Path file, boolean int8, int opset, long bytes) {}
