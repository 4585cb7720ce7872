package io.channelwise.bert.internal.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.task.Answers;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
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
    return Arrays.stream(logits(model, texts, device))
        .map(row -> Answers.softmax(row, 0, row.length))
        .toArray(double[][]::new);
  }

  /**
   * Logits, one row an input, in the order of the inputs: C values, and for tokens T times C, token
   * after token.
   *
   * @param texts token ids in the model's numbering
   */
  public static float[][] logits(Bert model, List<TokenIds> texts, Device device) {
    int[] lengths = texts.stream().mapToInt(TokenIds::length).toArray();
    int classes = model.config().labels().size();
    boolean tokens = model.config().task() == Task.TOKENS;
    float[][] result = new float[texts.size()][];
    for (int[] batch : BatchPlan.byLength(lengths, BATCH_SIZE)) {
      List<TokenIds> rows = new ArrayList<>();
      for (int index : batch) {
        rows.add(texts.get(index));
      }
      float[] logits;
      int width;
      try (NDManager scope = Torch.manager(device)) {
        TokenBatch padded = new TokenBatch(scope, rows);
        logits = model.logits(padded, 0).toFloatArray();
        width = tokens ? padded.length() * classes : classes;
      }
      for (int i = 0; i < batch.length; i++) {
        int values = tokens ? lengths[batch[i]] * classes : classes;
        result[batch[i]] = Arrays.copyOfRange(logits, i * width, i * width + values);
      }
    }
    return result;
  }
}
