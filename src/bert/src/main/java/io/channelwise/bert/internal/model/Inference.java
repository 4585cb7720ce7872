package io.channelwise.bert.internal.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Runs a model over inputs of any number, those of like length at a time. Where the device lacks
 * the memory for so many, fewer go at once.
 */
public final class Inference {
  private static final int BATCH_SIZE = 32;

  private Inference() {}

  /**
   * Logits, one row an input, in the order of the inputs: C values, and for tokens T times C, token
   * after token.
   *
   * @param texts token ids in the model's numbering
   */
  public static float[][] logits(Bert model, List<TokenIds> texts, Device device) {
    return logits(model, texts, device, () -> {});
  }

  /**
   * As the method above, for one who may want to stop it.
   *
   * @param beforeBatch called before every batch; what it throws ends the work
   */
  public static float[][] logits(
      Bert model, List<TokenIds> texts, Device device, Runnable beforeBatch) {
    int classes = model.config().labels().size();
    boolean tokens = model.config().task() == Task.TOKENS;
    return rows(
        texts,
        device,
        beforeBatch,
        batch -> model.logits(batch, 0),
        text -> tokens ? text.length() * classes : classes);
  }

  /**
   * The vectors that the head of a whole text reads, (N, H), in the order of the texts.
   *
   * @param texts token ids in the model's numbering
   * @param beforeBatch called before every batch; what it throws ends the work
   */
  public static float[][] embeddings(
      Bert model, List<TokenIds> texts, Device device, Runnable beforeBatch) {
    int width = model.config().hiddenSize();
    return rows(texts, device, beforeBatch, batch -> model.embeddings(batch, 0), text -> width);
  }

  /**
   * A row of values for each text.
   *
   * @param forward from a batch to (B, …)
   * @param size how many values of its row are the text's; padding has the others
   */
  static float[][] rows(
      List<TokenIds> texts,
      Device device,
      Runnable beforeBatch,
      Function<TokenBatch, NDArray> forward,
      ToIntFunction<TokenIds> size) {
    int[] order = BatchPlan.longestFirst(texts.stream().mapToInt(TokenIds::length).toArray());
    float[][] result = new float[texts.size()][];
    int atOnce = BATCH_SIZE;
    int from = 0;
    while (from < order.length) {
      beforeBatch.run();
      int[] batch = Arrays.copyOfRange(order, from, Math.min(from + atOnce, order.length));
      List<TokenIds> rows = Arrays.stream(batch).mapToObj(texts::get).toList();
      float[] values;
      try (NDManager scope = Torch.manager(device)) {
        values = forward.apply(new TokenBatch(scope, rows)).toFloatArray();
      } catch (RuntimeException e) {
        if (!OutOfMemory.causes(e)) {
          throw e;
        }
        atOnce = fewer(rows, device, e);
        continue;
      }
      int width = values.length / batch.length;
      for (int i = 0; i < batch.length; i++) {
        int begin = i * width;
        result[batch[i]] = Arrays.copyOfRange(values, begin, begin + size.applyAsInt(rows.get(i)));
      }
      from += batch.length;
    }
    return result;
  }

  private static int fewer(List<TokenIds> rows, Device device, RuntimeException e) {
    Torch.releaseMemory(device);
    if (rows.size() == 1) {
      throw new BertException(
          "The memory of device %s does not hold the model at work on a single text of %d tokens: %s. Use device cpu, a shorter maximum length or a smaller model."
              .formatted(device, rows.get(0).length(), OutOfMemory.message(e)),
          e);
    }
    return (rows.size() + 1) / 2;
  }
}
