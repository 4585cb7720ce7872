package io.channelwise.bert.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Texts of one batch, padded to the longest of them. The arrays live as long as the manager given.
 */
public final class TokenBatch {
  /** Far below any score, so that softmax gives padding exactly 0, and finite in every type. */
  private static final float PADDING_BIAS = -1e9f;

  private final int size;
  private final int length;
  private final int tokens;
  private final NDArray ids;
  private final NDArray types; // null where no input has a second text
  private final NDArray paddingBias;
  private final NDArray meanWeights;

  /**
   * Builds the arrays: ids (B, T), types (B, T), bias of padding (B, 1, 1, T), weights of the mean
   * (B, 1, T).
   */
  public TokenBatch(NDManager manager, List<TokenIds> texts) {
    this(manager, texts, 0);
  }

  /**
   * As the constructor above.
   *
   * @param lengthMin tokens that even the shortest batch is padded to
   */
  public TokenBatch(NDManager manager, List<TokenIds> texts, int lengthMin) {
    size = texts.size();
    length = Math.max(lengthMin, texts.stream().mapToInt(TokenIds::length).max().orElseThrow());
    LongBuffer idValues = LongBuffer.allocate(size * length);
    LongBuffer typeValues = LongBuffer.allocate(size * length);
    FloatBuffer biasValues = FloatBuffer.allocate(size * length);
    FloatBuffer weightValues = FloatBuffer.allocate(size * length);
    int count = 0;
    for (TokenIds text : texts) {
      count += text.length();
      for (int i = 0; i < length; i++) {
        boolean token = i < text.length();
        idValues.put(token ? text.ids()[i] : 0);
        typeValues.put(token && i >= text.secondFrom() ? 1 : 0);
        biasValues.put(token ? 0 : PADDING_BIAS);
        weightValues.put(token ? 1f / text.length() : 0);
      }
    }
    tokens = count;
    ids = manager.create(idValues.flip(), new Shape(size, length));
    boolean pairs = texts.stream().anyMatch(TokenIds::isPair);
    types = pairs ? manager.create(typeValues.flip(), new Shape(size, length)) : null;
    paddingBias =
        hasPadding() ? manager.create(biasValues.flip(), new Shape(size, 1, 1, length)) : null;
    meanWeights = manager.create(weightValues.flip(), new Shape(size, 1, length));
  }

  /** Tokens that are no padding. */
  public int tokens() {
    return tokens;
  }

  /** Tokens of each input, padding included. */
  public int length() {
    return length;
  }

  NDArray ids() {
    return ids;
  }

  /** Number of the text each token belongs to; null where all are of the first. */
  NDArray types() {
    return types;
  }

  boolean hasPadding() {
    return tokens < size * length;
  }

  NDArray paddingBias() {
    return paddingBias;
  }

  NDArray meanWeights() {
    return meanWeights;
  }
}
