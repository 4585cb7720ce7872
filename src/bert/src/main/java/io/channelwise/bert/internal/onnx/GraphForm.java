package io.channelwise.bert.internal.onnx;

/** The forms in which a graph is written. */
public enum GraphForm {
  /** 32-bit floats in ONNX's own operators: runs in any runtime. */
  STANDARD,
  /**
   * 32-bit floats in onnxruntime's fused operators ({@code com.microsoft}), which its own optimiser
   * does not find in the standard form: up to a tenth faster there, and useless elsewhere. Only for
   * sessions of our own.
   */
  FUSED,
  /** Matrices of linear layers and word embeddings in 8 bits, in ONNX's own operators. */
  INT8
}
