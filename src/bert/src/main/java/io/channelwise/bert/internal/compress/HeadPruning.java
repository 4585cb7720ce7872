package io.channelwise.bert.internal.compress;

import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Silences the attention heads that matter least in the whole model (Michel et al. 2019, <a
 * href="https://arxiv.org/abs/1905.10650">1905.10650</a>); each layer keeps at least one.
 *
 * <p>The weights of a silenced head become zeros and keep their place: Hugging Face's configuration
 * has one number of heads for all layers and derives their width from it, so that fewer heads
 * cannot be said there. Its {@code pruned_heads} could, but transformers 5 ignores it.
 */
public final class HeadPruning {
  private static final Pattern LAYER =
      Pattern.compile("encoder\\.layer\\.(\\d+)\\.attention\\.(self|output)\\.(.+)");

  private HeadPruning() {}

  /**
   * The heads to silence by layer: the least important of all layers together.
   *
   * @param importance of each head, by layer
   * @param share of all heads, 0 to below 1
   */
  static Map<Integer, TreeSet<Integer>> worst(List<double[]> importance, double share) {
    record Head(int layer, int head, double importance) {}
    List<Head> heads = new ArrayList<>();
    for (int layer = 0; layer < importance.size(); layer++) {
      for (int head = 0; head < importance.get(layer).length; head++) {
        heads.add(new Head(layer, head, importance.get(layer)[head]));
      }
    }
    heads.sort(Comparator.comparingDouble(Head::importance));
    long wanted = Math.round(share * heads.size());
    Map<Integer, TreeSet<Integer>> result = new TreeMap<>();
    for (Head head : heads) {
      TreeSet<Integer> layer = result.computeIfAbsent(head.layer(), l -> new TreeSet<>());
      if (wanted > 0 && layer.size() < importance.get(head.layer()).length - 1) {
        layer.add(head.head());
        wanted--;
      }
    }
    return result;
  }

  /**
   * Writes a copy of a model with some heads silenced.
   *
   * @param importance of each head, by layer
   * @param share of all heads, 0 to below 1
   */
  public static void write(Path model, List<double[]> importance, double share, Path folder)
      throws IOException {
    Map<Integer, TreeSet<Integer>> silenced = worst(importance, share);
    int heads = importance.get(0).length;
    try (TensorFiles files = TensorFiles.open(model)) {
      FolderEdit edit = new FolderEdit(model, files);
      for (String name : files.names()) {
        Matcher parts = LAYER.matcher(BertWeightNames.fromFile(name));
        if (!parts.matches()) {
          continue;
        }
        TreeSet<Integer> layer = silenced.get(Integer.valueOf(parts.group(1)));
        if (parts.group(2).equals("self")) {
          edit.change(name, tensor -> withoutRows(tensor, layer, heads));
        } else if (parts.group(3).equals("dense.weight")) {
          edit.change(name, tensor -> withoutRows(tensor.transposed(), layer, heads).transposed());
        }
      }
      edit.write(folder, config -> {});
    }
  }

  /** Rows of the heads set to zero; a head's rows lie together. */
  private static HostTensor withoutRows(HostTensor tensor, TreeSet<Integer> silenced, int heads) {
    float[] values = new float[tensor.values().remaining()];
    tensor.values().get(values);
    int size = values.length / heads;
    for (int head : silenced) {
      Arrays.fill(values, head * size, (head + 1) * size, 0);
    }
    return new HostTensor(tensor.shape(), FloatBuffer.wrap(values));
  }
}
