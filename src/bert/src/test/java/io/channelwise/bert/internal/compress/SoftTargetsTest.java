package io.channelwise.bert.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.training.Objective;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expected values are from PyTorch 1.13: kl_div(log_softmax, softmax, batchmean) and autograd. */
class SoftTargetsTest {
  private static final float[][] TEACHER = {{9, 9, 9}, {2, -1, 0.5f}, {0.1f, 0.2f, -0.3f}};
  private static final float[] STUDENT = {1, 0, -1, 0.5f, -0.5f, 1.5f};
  private static final int[] BATCH = {1, 2};

  @BeforeAll
  static void start() {
    Torch.enter();
  }

  @Test
  void shouldBeTheDivergenceAtTheTemperature_whenOneLabelAText() {
    SoftTargets targets = new SoftTargets(Task.SEQUENCE, 3, TEACHER, null, 2);
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray student = scope.create(STUDENT, new Shape(2, 3));
      UnaryOperator<NDArray> loss = targets.loss(scope, BATCH, BATCH, 7, 1);
      assertThat(loss.apply(student).getFloat()).isCloseTo(0.436144f, within(1e-5f));
      // A student that answers as its teacher has nothing to learn.
      NDArray same = scope.create(new float[] {2, -1, 0.5f, 0.1f, 0.2f, -0.3f}, new Shape(2, 3));
      assertThat(loss.apply(same).getFloat()).isCloseTo(0, within(1e-6f));
    }
  }

  @Test
  void shouldMixLabelsAndTeacher_andAddUpOverTheParts() {
    SoftTargets targets = new SoftTargets(Task.SEQUENCE, 3, TEACHER, null, 2);
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray student = scope.create(STUDENT, new Shape(2, 3));
      student.setRequiresGradient(true);
      Distillation mixed = new Distillation(crossEntropy(), targets, 0.3);
      UnaryOperator<NDArray> loss = mixed.loss(scope, BATCH, BATCH, 7);
      NDArray value = Torch.differentiate(() -> loss.apply(student));
      assertThat(value.getFloat()).isCloseTo(0.427583f, within(1e-5f));
      float[] expected = {-0.108536f, 0.159625f, -0.051089f, 0.007844f, -0.112476f, 0.104632f};
      assertThat(student.getGradient().toFloatArray()).containsExactly(expected, within(1e-5f));

      // Two parts of a step give the loss of the whole.
      double sum = 0;
      for (int i = 0; i < 2; i++) {
        NDArray one =
            scope.create(new float[] {STUDENT[3 * i], STUDENT[3 * i + 1], STUDENT[3 * i + 2]});
        int[] part = {BATCH[i]};
        sum += targets.loss(scope, part, BATCH, 7, 1).apply(one.reshape(1, 3)).getFloat();
      }
      assertThat(sum).isCloseTo(0.436144, within(1e-5));
    }
  }

  @Test
  void shouldBeTheMeanOverLabels_whenATextHasMany() {
    SoftTargets targets = new SoftTargets(Task.MULTI_LABEL, 3, TEACHER, null, 2);
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray student = scope.create(STUDENT, new Shape(2, 3));
      student.setRequiresGradient(true);
      UnaryOperator<NDArray> loss = targets.loss(scope, BATCH, BATCH, 7, 1);
      NDArray value = Torch.differentiate(() -> loss.apply(student));
      assertThat(value.getFloat()).isCloseTo(0.164187f, within(1e-5f));
      float[] expected = {-0.0362f, 0.04082f, -0.061545f, 0.01656f, -0.029052f, 0.072203f};
      assertThat(student.getGradient().toFloatArray()).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void shouldCountOnlyTokensWithATag_whenWordsAreTagged() {
    float[][] teacher = {{1, -1, 0, 2, 0.5f, 0.5f}, {3, 0}};
    boolean[][] counted = {{true, false, true}, {true}};
    SoftTargets targets = new SoftTargets(Task.TOKENS, 2, teacher, counted, 2);
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray student =
          scope.create(new float[] {0, 0, 1, 1.5f, 2, -2, 1, 0, 5, -5, 7, 7}, new Shape(2, 3, 2));
      int[] both = {0, 1};
      assertThat(targets.loss(scope, both, both, 3, 1).apply(student).getFloat())
          .isCloseTo(0.846618f, within(1e-5f));
    }
  }

  /** Mean cross-entropy of the classes 0 and 2 of a batch of two. */
  private static Objective crossEntropy() {
    return new Objective() {
      @Override
      public UnaryOperator<NDArray> loss(NDManager scope, int[] part, int[] step, int length) {
        NDArray truths = scope.create(new float[] {-0.5f, 0, 0, 0, 0, -0.5f}, new Shape(2, 3));
        return logits -> logits.logSoftmax(-1).mul(truths).sum();
      }

      @Override
      public double ofGuessing() {
        return Math.log(3);
      }
    };
  }
}
