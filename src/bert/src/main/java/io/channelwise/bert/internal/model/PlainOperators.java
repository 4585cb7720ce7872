package io.channelwise.bert.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.channelwise.bert.Precision;
import java.util.List;
import java.util.function.Supplier;

/** The same operators from what DJL binds: the measure of the fast ones, and their substitute. */
final class PlainOperators implements Operators {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** In 32 bits: DJL cannot convert to bfloat16. */
  @Override
  public NDArray linearInBf16(NDArray x, NDArray weight, NDArray bias) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  @Override
  public NDArray drop(NDArray x, float probability) {
    return probability == 0 ? x : Dropout.dropout(x, probability, true).singletonOrThrow();
  }

  @Override
  public NDArray attention(
      NDArray query, NDArray key, NDArray value, NDArray bias, float dropout, Precision precision) {
    double width = query.getShape().get(3);
    NDArray scores = query.mul(1 / Math.sqrt(width)).matMul(key.transpose(0, 1, 3, 2));
    if (bias != null) {
      scores = scores.add(bias); // (B, A, T, T) + (B, 1, 1, T)
    }
    return drop(scores.softmax(-1), dropout).matMul(value); // (B, A, T, D)
  }

  @Override
  public Supplier<float[]> normAndLoss(List<NDArray> gradients, NDArray loss) {
    return () -> {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        double sum = 0;
        for (NDArray gradient : gradients) {
          sum += gradient.square().sum().getFloat();
        }
        return new float[] {(float) Math.sqrt(sum), loss.getFloat()};
      }
    };
  }

  @Override
  public Runnable adamw(Update update) {
    return () -> {
      double steps = update.step().getFloat();
      double rate = update.rate().getFloat();
      double size = rate / (1 - Math.pow(BETA_1, steps));
      double correction = Math.sqrt(1 - Math.pow(BETA_2, steps));
      double kept = 1 - rate * update.decay().getFloat();
      double divisor = update.scale().getFloat();
      for (int i = 0; i < update.parameters().size(); i++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray gradient = update.gradients().get(i);
          NDArray mean = update.means().get(i);
          NDArray square = update.squares().get(i);
          gradient.divi(divisor);
          mean.muli(BETA_1).addi(gradient.mul(1 - BETA_1));
          square.muli(BETA_2).addi(gradient.square().mul(1 - BETA_2));
          NDArray change = mean.div(square.sqrt().div(correction).add(EPSILON)).mul(size);
          update.parameters().get(i).muli(kept).subi(change);
          gradient.subi(gradient);
        }
      }
    };
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
