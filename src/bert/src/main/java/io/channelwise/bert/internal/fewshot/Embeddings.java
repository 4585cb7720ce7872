package io.channelwise.bert.internal.fewshot;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.model.BatchPlan;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.Arrays;
import java.util.List;

/** The vectors that a model's head reads. */
final class Embeddings {
  private static final int BATCH_SIZE = 32;

  private Embeddings() {}

  /** One vector a text, (N, H), in the order of the texts. */
  static double[][] of(Bert model, List<TokenIds> texts, Device device) {
    int[] lengths = texts.stream().mapToInt(TokenIds::length).toArray();
    int width = model.config().hiddenSize();
    double[][] result = new double[texts.size()][width];
    for (int[] batch : BatchPlan.byLength(lengths, BATCH_SIZE)) {
      float[] values;
      try (NDManager scope = Torch.manager(device)) {
        List<TokenIds> rows = Arrays.stream(batch).mapToObj(texts::get).toList();
        values = model.embeddings(new TokenBatch(scope, rows), 0).toFloatArray();
      }
      for (int i = 0; i < batch.length; i++) {
        for (int k = 0; k < width; k++) {
          result[batch[i]][k] = values[i * width + k];
        }
      }
    }
    return result;
  }
}
