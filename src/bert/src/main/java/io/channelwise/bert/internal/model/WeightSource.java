package io.channelwise.bert.internal.model;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.HostTensor;
import java.nio.file.Path;

/** Where a training gets the encoder's first weights from. One thread. */
public interface WeightSource extends AutoCloseable {

  /**
   * The weights of a folder, checked, or random ones of the shapes its configuration says.
   *
   * @param withHead whether the folder's own head must be there
   * @param seed of random weights
   */
  static WeightSource of(
      Path base, BertConfig config, boolean withHead, boolean fromScratch, long seed) {
    if (fromScratch) {
      return new RandomWeights(config, seed);
    }
    WeightFile file = new WeightFile(base);
    try {
      file.require(base, config, withHead);
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whether there is a tensor of that name, prefix not counted. */
  boolean has(String name);

  /** A tensor by its name without prefix. */
  HostTensor read(String name);

  @Override
  void close();
}
