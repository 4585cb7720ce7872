package io.channelwise.bert;

import java.nio.file.Path;
import java.util.List;

/** A loaded sequence classifier. Safe for many threads; calls are answered one after another. */
public final class Classifier implements AutoCloseable {

  private Classifier() {}

  /**
   * Loads a directory written by {@link FineTuner}, on the GPU if there is one.
   *
   * @throws ModelFormatException when the model cannot be read
   */
  public static Classifier load(Path modelDir) {
    throw new UnsupportedOperationException("Loading lands with the next commits.");
  }

  /** Classes in the order of the model's outputs. */
  public List<String> labels() {
    throw new UnsupportedOperationException("Loading lands with the next commits.");
  }

  /** One prediction a text, in the same order; texts over the model's limit are cut. */
  public List<Prediction> predict(List<String> texts) {
    throw new UnsupportedOperationException("Prediction lands with the next commits.");
  }

  @Override
  public void close() {}
}
