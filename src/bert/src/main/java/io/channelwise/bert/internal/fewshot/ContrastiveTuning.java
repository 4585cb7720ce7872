package io.channelwise.bert.internal.fewshot;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.channelwise.bert.BertException;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.OutOfMemory;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import io.channelwise.bert.internal.training.AdamW;
import io.channelwise.bert.internal.training.Schedule;
import io.channelwise.bert.training.TrainingSettings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves an encoder so that texts of one class come to lie together. Everything random in a step
 * comes from the seed and the step's number.
 */
final class ContrastiveTuning {
  static final double TEMPERATURE = 0.1;

  /** Texts of like length that go through the encoder together, so that little is padded. */
  private static final int CHUNK = 16;

  private final TrainingSettings settings;
  private final Device device;
  private final Progress progress;

  ContrastiveTuning(TrainingSettings settings, Device device, Progress progress) {
    this.settings = settings;
    this.device = device;
    this.progress = progress;
  }

  /** Steps of one tuning. */
  static int steps(TrainingSettings settings, int[] classes) {
    return settings.epochs() * PairPlan.batches(classes, settings.batchSize());
  }

  /**
   * Tunes the encoder in place.
   *
   * @param texts in the model's numbering
   * @param classes class of each text, from 0
   * @param seed of order and dropout
   */
  void tune(Bert model, List<TokenIds> texts, int[] classes, long seed) {
    int steps = steps(settings, classes);
    Schedule schedule = Schedule.of(settings.learningRate(), steps, settings.warmupShare());
    Map<String, NDArray> encoder = new LinkedHashMap<>(model.weights());
    encoder.keySet().removeIf(name -> name.startsWith("classifier."));
    int step = 0;
    try (AdamW optimizer =
        new AdamW(encoder, Torch.manager(device), settings.weightDecay(), settings.clipNorm())) {
      for (int pass = 0; pass < settings.epochs(); pass++) {
        for (int[] batch : PairPlan.ofPass(classes, settings.batchSize(), seed, pass)) {
          progress.stopIfCancelled();
          Torch.seed(seed * 1_000_003 + step);
          double loss = differentiate(model, texts, classes, byLength(batch, texts));
          double norm = optimizer.gradientNorm();
          progress.check(loss, norm);
          double rate = schedule.at(step++);
          optimizer.step(rate, norm);
          int tokens = Arrays.stream(batch).map(i -> texts.get(i).length()).sum();
          progress.step(loss, rate, norm, tokens);
        }
        progress.endPass();
      }
    }
  }

  private static int[] byLength(int[] batch, List<TokenIds> texts) {
    return Arrays.stream(batch)
        .boxed()
        .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The loss compares all texts of a batch: it cannot be computed in parts. */
  private double differentiate(Bert model, List<TokenIds> texts, int[] classes, int[] batch) {
    try {
      return passOver(model, texts, classes, batch);
    } catch (RuntimeException e) {
      if (!OutOfMemory.causes(e)) {
        throw e;
      }
      throw new BertException(
          "The memory of device %s does not hold the contrastive tuning of %d texts at once: %s. Lower --batch-size, shorten --max-length, or take a smaller base."
              .formatted(device, batch.length, OutOfMemory.message(e)),
          e);
    }
  }

  private double passOver(Bert model, List<TokenIds> texts, int[] classes, int[] batch) {
    int[] truths = Arrays.stream(batch).map(i -> classes[i]).toArray();
    try (NDManager scope = Torch.manager(device);
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      return Torch.differentiate(
              () -> {
                NDList parts = new NDList();
                for (int from = 0; from < batch.length; from += CHUNK) {
                  int to = Math.min(from + CHUNK, batch.length);
                  List<TokenIds> chunk =
                      Arrays.stream(batch, from, to).mapToObj(texts::get).toList();
                  parts.add(
                      model.embeddings(
                          new TokenBatch(scope, chunk), (float) settings.dropout())); // (16, H)
                }
                // DJL copies a single part, and a copy has no gradient.
                NDArray vectors =
                    parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0); // (B, H)
                return ContrastiveLoss.of(vectors, truths, TEMPERATURE, scope);
              })
          .getFloat();
    }
  }
}
