package io.channelwise.bert.internal.compress;

import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.TensorFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Sets the smallest weights to zero (Han et al. 2015, <a
 * href="https://arxiv.org/abs/1506.02626">1506.02626</a>), the same share of every weight matrix of
 * the encoder's layers, as Gordon et al. 2020 do for BERT (<a
 * href="https://arxiv.org/abs/2002.08307">2002.08307</a>). Embeddings, LayerNorms, biases and the
 * head stay. The matrices keep their shapes: no time is saved where kernels are dense.
 */
public final class MagnitudePruning {
  private static final Pattern MATRIX =
      Pattern.compile("encoder\\.layer\\.\\d+\\..*(?<!LayerNorm)\\.weight");

  private MagnitudePruning() {}

  /** Whether a tensor is pruned, by its name without prefix. */
  public static boolean prunes(String name) {
    return MATRIX.matcher(name).matches();
  }

  /**
   * Writes a pruned copy of a model.
   *
   * @param sparsity share of zeros in each pruned matrix, 0 to below 1
   */
  public static void write(Path model, double sparsity, Path folder) throws IOException {
    try (TensorFiles files = TensorFiles.open(model)) {
      FolderEdit edit = new FolderEdit(model, files);
      for (String name : files.names()) {
        if (prunes(BertWeightNames.fromFile(name))) {
          edit.change(name, tensor -> pruned(tensor, sparsity));
        }
      }
      edit.write(folder, config -> {});
    }
  }

  /** The tensor with its smallest absolute values at zero, the first of equals first. */
  static HostTensor pruned(HostTensor tensor, double sparsity) {
    float[] values = new float[tensor.values().remaining()];
    tensor.values().get(values);
    int zeros = (int) Math.round(sparsity * values.length);
    if (zeros == 0) {
      return tensor;
    }
    float[] sizes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      sizes[i] = Math.abs(values[i]);
    }
    Arrays.sort(sizes);
    float limit = sizes[zeros - 1];
    int below = 0;
    while (below < zeros && sizes[below] < limit) {
      below++;
    }
    int equals = zeros - below;
    for (int i = 0; i < values.length; i++) {
      float size = Math.abs(values[i]);
      if (size < limit || (size == limit && equals-- > 0)) {
        values[i] = 0;
      }
    }
    return new HostTensor(tensor.shape(), FloatBuffer.wrap(values));
  }
}
