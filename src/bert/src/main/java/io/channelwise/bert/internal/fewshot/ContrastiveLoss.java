package io.channelwise.bert.internal.fewshot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Supervised contrastive loss (Khosla et al. 2020, <a
 * href="https://arxiv.org/abs/2004.11362">2004.11362</a>, equation 2): for each text, how much less
 * than everything its cosine to the texts of its own class stands out among its cosines to all
 * others of the batch. One step compares each text with all of its batch, where a pair loss
 * (SetFit, Tunstall et al. 2022) compares two, so that few steps do.
 */
final class ContrastiveLoss {
  /** Far below any similarity: no text is compared with itself. */
  private static final float SELF = -1e9f;

  private ContrastiveLoss() {}

  /**
   * The loss.
   *
   * @param vectors (B, H), of any length
   * @param classes class of each vector; each appears at least twice
   * @param temperature cosines are divided by it; smaller looks at the nearest texts more
   * @return no axes, in nats
   */
  static NDArray of(NDArray vectors, int[] classes, double temperature, NDManager scope) {
    int size = classes.length;
    float[] self = new float[size * size];
    float[] factors = new float[size * size];
    for (int i = 0; i < size; i++) {
      int friends = -1;
      for (int other : classes) {
        friends += other == classes[i] ? 1 : 0;
      }
      for (int j = 0; j < size; j++) {
        if (i == j) {
          self[i * size + j] = SELF;
        } else if (classes[i] == classes[j]) {
          factors[i * size + j] = -1f / (friends * size);
        }
      }
    }
    Shape square = new Shape(size, size);
    NDArray lengths = vectors.norm(new int[] {1}, true); // (B, 1)
    NDArray unit = vectors.div(lengths); // (B, H)
    NDArray similarities =
        unit.matMul(unit.transpose())
            .mul((float) (1 / temperature))
            .add(scope.create(self, square)); // (B, B)
    return similarities.logSoftmax(-1).mul(scope.create(factors, square)).sum();
  }
}
