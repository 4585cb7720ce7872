package io.channelwise.bert.internal.onnx;

/**
 * The parts of BERT that are written in one operator or in many. Letters in shapes as in {@code
 * Bert}: B texts, T tokens, H hidden size.
 */
interface Parts {

  /** Sum of word, position and segment embeddings, normalised, (B, T, H). */
  String embed(String ids, String types);

  /**
   * Self-attention of a layer before its output projection, (B, T, H).
   *
   * @param name prefix of query, key and value
   */
  String attend(String name, String hidden);

  /** LayerNorm of residual + product + bias, (B, T, H). */
  String addAndNorm(String normName, String product, String biasName, String residual);

  /** GELU, exact, of product + bias. */
  String gelu(String product, String biasName);
}
