package io.channelwise.bert.internal.compress;

import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Removes the neurons of the feed-forward layers that matter least, the same number in each layer:
 * the matrices become smaller and {@code intermediate_size} says so, which every reader of Hugging
 * Face's format understands.
 */
public final class NeuronPruning {
  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d+)\\.(.+)");

  private NeuronPruning() {}

  /** How many neurons a layer keeps; at least one. */
  public static int kept(int neurons, double share) {
    return Math.max(1, (int) Math.round(neurons * (1 - share)));
  }

  /**
   * The most important neurons, in their old order.
   *
   * @param importance of each neuron of a layer
   */
  static int[] best(double[] importance, int count) {
    return IntStream.range(0, importance.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> importance[i]).reversed())
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /**
   * Writes a copy of a model without some neurons.
   *
   * @param importance of each neuron, by layer
   * @param share of the neurons of each layer to remove, 0 to below 1
   */
  public static void write(Path model, List<double[]> importance, double share, Path folder)
      throws IOException {
    int kept = kept(importance.get(0).length, share);
    List<int[]> neurons = importance.stream().map(layer -> best(layer, kept)).toList();
    try (TensorFiles files = TensorFiles.open(model)) {
      FolderEdit edit = new FolderEdit(model, files);
      for (String name : files.names()) {
        Matcher parts = LAYER.matcher(BertWeightNames.fromFile(name));
        if (!parts.matches()) {
          continue;
        }
        int[] chosen = neurons.get(Integer.parseInt(parts.group(1)));
        long[] shape = files.shape(name);
        switch (parts.group(2)) {
          case "intermediate.dense.weight", "intermediate.dense.bias" -> {
            shape[0] = kept;
            edit.resize(name, shape, tensor -> Slices.rows(tensor, chosen));
          }
          case "output.dense.weight" -> {
            shape[1] = kept;
            edit.resize(name, shape, tensor -> Slices.columns(tensor, chosen));
          }
          default -> {
            // Attention, LayerNorms and the bias of the output keep their sizes.
          }
        }
      }
      edit.write(folder, config -> config.put("intermediate_size", kept));
    }
  }
}
