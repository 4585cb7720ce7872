package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/** One class a text or a token: mean cross-entropy. */
final class CrossEntropy implements Objective {
  private final Targets targets;
  private final boolean tokens;

  /**
   * What to learn.
   *
   * @param tokens whether each token has a class, or each text
   */
  CrossEntropy(Targets targets, boolean tokens) {
    this.targets = targets;
    this.tokens = tokens;
  }

  @Override
  public UnaryOperator<NDArray> loss(NDManager scope, int[] part, int[] step, int length) {
    int classes = targets.classes();
    Shape shape =
        tokens ? new Shape(part.length, length, classes) : new Shape(part.length, classes);
    NDArray factors = scope.create(targets.of(part, step, tokens ? length : 1), shape);
    return logits -> logits.logSoftmax(-1).mul(factors).sum();
  }

  @Override
  public double ofGuessing() {
    return Math.log(targets.classes());
  }
}
