package io.channelwise.bert.internal.inference;

import io.channelwise.bert.internal.text.TokenIds;
import java.util.List;

/** Computes the logits of a loaded model. One thread at a time. */
public interface Scorer extends AutoCloseable {

  /**
   * Logits, one row an input, in the order of the inputs: C values, and for tokens T times C, token
   * after token.
   *
   * @param inputs token ids in the model's numbering, none longer than the model reads
   */
  float[][] logits(List<TokenIds> inputs);

  /** What computes, for logs: {@code djl}, {@code onnx} or {@code onnx-int8}. */
  String name();

  @Override
  void close();
}
