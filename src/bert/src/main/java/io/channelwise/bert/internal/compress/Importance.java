package io.channelwise.bert.internal.compress;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.training.Objective;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How much the loss would change if a head or a neuron was silenced, to first order: the mean over
 * examples of |dL/dm| at m = 1, where m is a factor on what the head or the neuron gives (Michel et
 * al. 2019, section 4.1, <a href="https://arxiv.org/abs/1905.10650">1905.10650</a>; for neurons
 * Molchanov et al. 2017, <a href="https://arxiv.org/abs/1611.06440">1611.06440</a>).
 *
 * <p>No factor is built into the model: what a unit gives meets one block of columns W of the next
 * matrix, and L depends on m through m W alone, so that dL/dm is the sum over that block of W times
 * dL/dW.
 *
 * @param heads by layer; each layer's divided by their Euclidean norm, as the paper does
 * @param neurons of the feed-forward part, by layer
 */
public record Importance(List<double[]> heads, List<double[]> neurons) {

  /**
   * Judges a trained model on some of the examples, drawn by the seed, one at a time.
   *
   * @param data encoded with the model's labels
   * @param examples how many to draw
   */
  public static Importance of(
      Path model,
      BertConfig config,
      TrainingData data,
      TrainingSettings settings,
      int examples,
      TrainingListener listener) {
    Torch.enter();
    Torch.threads(settings.threads());
    Device device = Torch.device(settings.device());
    Objective objective = Objective.of(settings, data);
    int[] order = IntStream.range(0, data.train().size()).toArray();
    Random random = new Random(settings.seed());
    int count = Math.min(examples, order.length);
    try (NDManager sums = Torch.manager(device);
        Bert bert =
            Bert.forTraining(
                model, config, data.vocabulary(), true, settings.seed(), Torch.manager(device))) {
      Map<String, NDArray> matrices = matrices(bert, config);
      Map<String, NDArray> totals = new LinkedHashMap<>();
      matrices.forEach(
          (name, matrix) -> {
            int units = name.contains("attention") ? config.heads() : config.intermediateSize();
            totals.put(name, sums.zeros(new Shape(units)));
          });
      for (int i = 0; i < count; i++) {
        if (listener.isCancelled()) {
          throw new TrainingCancelledException(
              "The judging of heads and neurons was cancelled; nothing was written.");
        }
        int drawn = i + random.nextInt(order.length - i);
        int example = order[drawn];
        order[drawn] = order[i];
        add(bert, data, objective, example, matrices, totals);
      }
      return new Importance(
          results(totals, "attention.output", count).stream().map(Importance::normalised).toList(),
          results(totals, "\\d+\\.output", count));
    }
  }

  /** The matrices behind the heads and behind the neurons, by name; only they have gradients. */
  private static Map<String, NDArray> matrices(Bert bert, BertConfig config) {
    Map<String, NDArray> result = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String part : List.of("attention.output", "output")) {
        String name = "encoder.layer." + layer + "." + part + ".dense.weight";
        NDArray matrix = bert.weights().get(name);
        matrix.setRequiresGradient(true);
        result.put(name, matrix);
      }
    }
    return result;
  }

  private static void add(
      Bert bert,
      TrainingData data,
      Objective objective,
      int example,
      Map<String, NDArray> matrices,
      Map<String, NDArray> totals) {
    int[] one = {example};
    try (NDManager scope = Torch.manager(totals.values().iterator().next().getDevice());
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      TokenBatch batch = new TokenBatch(scope, List.of(data.train().get(example)));
      var loss = objective.loss(scope, one, one, data.train().get(example).length());
      Torch.differentiate(() -> loss.apply(bert.logits(batch, 0)));
      matrices.forEach(
          (name, matrix) -> {
            NDArray gradient = matrix.getGradient(); // (H, units times their width)
            NDArray total = totals.get(name);
            long units = total.size();
            NDArray columns = matrix.mul(gradient).sum(new int[] {0});
            total.addi(columns.reshape(units, columns.size() / units).sum(new int[] {1}).abs());
            gradient.subi(gradient);
          });
    }
  }

  private static List<double[]> results(Map<String, NDArray> totals, String part, int count) {
    List<double[]> result = new ArrayList<>();
    totals.forEach(
        (name, total) -> {
          if (name.matches("encoder\\.layer\\.(\\d+\\.)?" + part + "\\.dense\\.weight")) {
            float[] values = total.toFloatArray();
            result.add(
                IntStream.range(0, values.length).mapToDouble(i -> values[i] / count).toArray());
          }
        });
    return result;
  }

  private static double[] normalised(double[] layer) {
    double norm =
        Math.sqrt(IntStream.range(0, layer.length).mapToDouble(i -> layer[i] * layer[i]).sum());
    return IntStream.range(0, layer.length)
        .mapToDouble(i -> norm == 0 ? 0 : layer[i] / norm)
        .toArray();
  }
}
