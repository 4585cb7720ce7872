package io.channelwise.bert.internal.compress;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.training.Objective;
import java.util.function.UnaryOperator;

/**
 * Learning from labels and from a teacher (Hinton et al. 2015, <a
 * href="https://arxiv.org/abs/1503.02531">1503.02531</a>): alpha times the loss of the labels plus
 * (1 - alpha) times T² times the divergence KL(teacher || student) of the answers at temperature T.
 * One thread.
 */
final class Distillation implements Objective {
  private final Objective labels;
  private final SoftTargets teacher;
  private final double alpha;

  Distillation(Objective labels, SoftTargets teacher, double alpha) {
    this.labels = labels;
    this.teacher = teacher;
    this.alpha = alpha;
  }

  @Override
  public UnaryOperator<NDArray> loss(NDManager scope, int[] part, int[] step, int length) {
    UnaryOperator<NDArray> soft = teacher.loss(scope, part, step, length, 1 - alpha);
    if (alpha == 0) {
      return soft;
    }
    UnaryOperator<NDArray> hard = labels.loss(scope, part, step, length);
    NDArray weight = scope.create((float) alpha);
    return logits -> hard.apply(logits).mul(weight).add(soft.apply(logits));
  }

  @Override
  public double ofGuessing() {
    return labels.ofGuessing();
  }
}
