package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.adapter.LoraWeights;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.model.VocabularySubset;
import io.channelwise.bert.internal.model.WeightSource;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What learns: a model, the updates beside its frozen weights, and the optimiser that moves them.
 * Owns them all. One thread.
 */
final class Learner implements AutoCloseable {
  private final Bert model;
  private final LoraWeights adapter; // null without LoRA
  private final AdamW optimizer;
  private final NDManager updates;

  private Learner(Bert model, LoraWeights adapter, AdamW optimizer, NDManager updates) {
    this.model = model;
    this.adapter = adapter;
    this.optimizer = optimizer;
    this.updates = updates;
  }

  /**
   * Loads the base and builds the rest on the device. What fails on the way leaves nothing there.
   *
   * @param config of the base, with the head to train
   * @param vocabulary the rows of the word embedding to hold
   * @param keepsHead whether the base's own head is trained on
   */
  static Learner of(
      TrainingSettings settings,
      BertConfig config,
      Path base,
      VocabularySubset vocabulary,
      boolean keepsHead,
      Device device) {
    Trainables trainables = Trainables.of(settings, config);
    NDManager updates = Torch.manager(device);
    Bert model = null;
    try {
      LoraWeights adapter = trainables.adapter(settings.seed(), updates);
      model = model(settings, config, base, vocabulary, keepsHead, device);
      model.adaptWith(adapter);
      model.computeIn(settings.precision());
      List<ParameterGroup> groups =
          ParameterGroup.of(
              trainables.of(model, adapter),
              config.layers(),
              settings.layerDecay(),
              settings.weightDecay());
      AdamW optimizer = new AdamW(groups, Torch.manager(device), settings.clipNorm());
      return new Learner(model, adapter, optimizer, updates);
    } catch (RuntimeException | Error e) {
      if (model != null) {
        model.close();
      }
      updates.close();
      throw e;
    }
  }

  private static Bert model(
      TrainingSettings settings,
      BertConfig config,
      Path base,
      VocabularySubset vocabulary,
      boolean keepsHead,
      Device device) {
    long seed = settings.seed();
    try (WeightSource source =
        WeightSource.of(base, config, keepsHead, settings.fromScratch(), seed)) {
      return Bert.forTraining(source, config, vocabulary, keepsHead, seed, Torch.manager(device));
    }
  }

  Bert model() {
    return model;
  }

  /** Null without LoRA. */
  LoraWeights adapter() {
    return adapter;
  }

  AdamW optimizer() {
    return optimizer;
  }

  @Override
  public void close() {
    optimizer.close();
    updates.close();
    model.close();
  }
}
