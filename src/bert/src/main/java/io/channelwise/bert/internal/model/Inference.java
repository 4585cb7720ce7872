package io.channelwise.bert.internal.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.ArrayList;
import java.util.List;

/** Runs a classifier over texts of any number, batches of like length at a time. */
public final class Inference {
  private static final int BATCH_SIZE = 32;

  private Inference() {}

  /**
   * Probabilities of the classes, one row a text, in the order of the texts.
   *
   * @param texts token ids in the model's numbering
   */
  public static double[][] probabilities(Bert model, List<TokenIds> texts, Device device) {
    int[] lengths = texts.stream().mapToInt(TokenIds::length).toArray();
    int classes = model.config().labels().size();
    double[][] result = new double[texts.size()][];
    for (int[] batch : BatchPlan.byLength(lengths, BATCH_SIZE)) {
      List<TokenIds> rows = new ArrayList<>();
      for (int index : batch) {
        rows.add(texts.get(index));
      }
      float[] logits;
      try (NDManager scope = Torch.manager(device)) {
        logits = model.logits(new TokenBatch(scope, rows), 0).toFloatArray();
      }
      for (int i = 0; i < batch.length; i++) {
        result[batch[i]] = softmax(logits, i * classes, classes);
      }
    }
    return result;
  }

  private static double[] softmax(float[] logits, int from, int count) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, logits[from + i]);
    }
    double[] result = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      result[i] = Math.exp(logits[from + i] - highest);
      sum += result[i];
    }
    for (int i = 0; i < count; i++) {
      result[i] /= sum;
    }
    return result;
  }
}
