package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.Task;
import io.channelwise.bert.training.TrainingSettings;
import java.util.function.UnaryOperator;

/** What training makes small. One thread. */
public interface Objective {

  /** The objective of a task. */
  static Objective of(TrainingSettings settings, TrainingData data) {
    int classes = data.labels().size();
    double smoothing = settings.labelSmoothing();
    boolean balanced = settings.balancedClasses();
    return switch (settings.task()) {
      case SEQUENCE, PAIR, TOKENS ->
          new CrossEntropy(
              new Targets(classes, data.truths(), smoothing, balanced),
              settings.task() == Task.TOKENS);
      case MULTI_LABEL -> new BinaryCrossEntropy(classes, data.truths(), smoothing, balanced);
    };
  }

  /**
   * The loss of inputs that go through the model together.
   *
   * @param scope owns the arrays made for it
   * @param part indices of the training inputs
   * @param step indices of all inputs of the step; the losses of its parts add up to the mean loss
   *     of the step
   * @param length tokens that each input of the part is padded to
   * @return from logits, (B, C) or for tokens (B, T, C), to the loss, in nats
   */
  UnaryOperator<NDArray> loss(NDManager scope, int[] part, int[] step, int length);

  /** The loss of a model that knows nothing, in nats. */
  double ofGuessing();
}
