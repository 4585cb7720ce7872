package io.channelwise.bert.internal.model;

import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Weights as BERT's were before pretraining: matrices from N(0, 0.02²), normalisation the identity,
 * biases and the embedding of padding zero (Devlin et al. 2019, and Hugging Face's {@code
 * BertPreTrainedModel}). Each tensor is drawn from the seed and its own name.
 */
final class RandomWeights implements WeightSource {
  private static final double DEVIATION = 0.02;

  private final Map<String, long[]> shapes;
  private final long seed;

  /**
   * Draws nothing yet.
   *
   * @param config whose encoder the weights are for
   */
  RandomWeights(BertConfig config, long seed) {
    shapes = BertWeightNames.encoder(config);
    this.seed = seed;
  }

  @Override
  public boolean has(String name) {
    return shapes.containsKey(name);
  }

  @Override
  public HostTensor read(String name) {
    long[] shape = shapes.get(name);
    int width = (int) shape[shape.length - 1];
    float[] values = new float[(int) (shape.length == 2 ? shape[0] * shape[1] : shape[0])];
    if (name.endsWith("LayerNorm.weight")) {
      Arrays.fill(values, 1);
    } else if (name.endsWith(".weight")) {
      Random random = new Random(seed * 31 + name.hashCode());
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * DEVIATION);
      }
      if (name.equals(BertWeightNames.WORD_EMBEDDINGS)) {
        Arrays.fill(values, 0, width, 0);
      }
    }
    return new HostTensor(shape, FloatBuffer.wrap(values));
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
