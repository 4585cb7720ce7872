package io.channelwise.bert;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.inference.Scorer;
import io.channelwise.bert.internal.inference.Scorers;
import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A trained model on a device. Safe for many threads; calls are answered one after another. */
final class LoadedModel implements AutoCloseable {
  /** Inputs that are answered together; those of like length share a batch. */
  private static final int PART = 512;

  /** Held for reading while the model is used, for writing while it is closed. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private final Object scoring = new Object();
  private final BertConfig config;
  private final Scorer scorer;
  private final TextEncoder encoder;
  private boolean closed;

  private LoadedModel(BertConfig config, Scorer scorer, TextEncoder encoder) {
    this.config = config;
    this.scorer = scorer;
    this.encoder = encoder;
  }

  /**
   * Loads a folder.
   *
   * @param config of the folder, with a head
   * @param threads of the CPU kernels of the whole process; 0 leaves them as they are
   */
  static LoadedModel load(
      Path modelDir, BertConfig config, String device, int threads, Backend backend) {
    TextEncoder encoder = new TextEncoder(modelDir);
    try {
      Scorer scorer = Scorers.load(modelDir, config, backend, device, threads);
      return new LoadedModel(config, scorer, encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  BertConfig config() {
    return config;
  }

  /** What the model reads of examples: one text, two texts, or words each, by its task. */
  Inputs inputs(List<List<String>> examples) {
    return whileOpen(() -> Inputs.of(config.task(), examples, encoder, config.maxLength()));
  }

  /** One row an input: C values, for tokens T times C. */
  float[][] logits(Inputs inputs, AnswerListener listener) {
    return whileOpen(
        () -> {
          synchronized (scoring) {
            return parts(inputs.ids(), listener);
          }
        });
  }

  private float[][] parts(List<TokenIds> ids, AnswerListener listener) {
    float[][] logits = new float[ids.size()][];
    for (int from = 0; from < logits.length; from += PART) {
      int to = Math.min(from + PART, logits.length);
      float[][] rows = scorer.logits(ids.subList(from, to));
      System.arraycopy(rows, 0, logits, from, rows.length);
      listener.onAnswered(to, logits.length);
    }
    return logits;
  }

  private <T> T whileOpen(Supplier<T> use) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("This model is closed.");
      }
      return use.get();
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        scorer.close();
        encoder.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }
}
