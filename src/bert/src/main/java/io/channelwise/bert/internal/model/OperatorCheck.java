package io.channelwise.bert.internal.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.Precision;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the fast operators with the plain ones on small arrays, once a process: another PyTorch
 * may lack them or mean something else by them. Safe for many threads.
 */
final class OperatorCheck {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorCheck.class);

  /** Set to {@code plain} to do without the fast operators. */
  static final String PROPERTY = "channelwise.bert.operators";

  private static final double CLOSE = 1e-5;
  private static final double CLOSE_IN_BF16 = 0.05;
  private static final double SHARE_TOLERANCE = 0.02;
  private static final float SHARE = 0.25f;

  private OperatorCheck() {}

  /** Whether the fast operators may be used. */
  static boolean passed() {
    return !"plain".equals(System.getProperty(PROPERTY)) && Answer.PASSED;
  }

  /** Computed by the first who asks. */
  private static final class Answer {
    static final boolean PASSED = check();
  }

  private static boolean check() {
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu());
        Operators fast = new TorchOperators(manager)) {
      compare(manager, fast, new PlainOperators());
      return true;
    } catch (RuntimeException e) {
      // The engine's message holds the whole module; its first line says enough.
      String cause = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
      LOG.warn(
          "PyTorch's fused operators do not work here and DJL's are used: slower, and bf16 is"
              + " computed in 32 bits. cause=\"{}\"",
          cause);
      return false;
    }
  }

  /** Throws what was found and expected where they differ. */
  static void compare(NDManager manager, Operators fast, Operators plain) {
    NDArray x = filled(manager, new Shape(5, 8), 1);
    NDArray weight = filled(manager, new Shape(6, 8), 2);
    NDArray bias = filled(manager, new Shape(6), 3);
    same("bf16 linear", CLOSE_IN_BF16, x, (o, a) -> o.linearInBf16(a, weight, bias), fast, plain);

    Shape shape = new Shape(2, 3, 4, 8);
    NDArray key = filled(manager, shape, 4);
    NDArray value = filled(manager, shape, 5);
    NDArray hidden =
        manager.create(new float[] {0, 0, 0, -1e9f, 0, 0, 0, 0}, new Shape(2, 1, 1, 4));
    NDArray query = filled(manager, shape, 6);
    for (Precision precision : Precision.values()) {
      double tolerance = precision == Precision.BF16 ? CLOSE_IN_BF16 : CLOSE;
      String name = "attention in " + precision.key();
      same(
          name,
          tolerance,
          query,
          (o, a) -> o.attention(a, key, value, null, 0, precision),
          fast,
          plain);
      same(
          name + " with padding",
          tolerance,
          query,
          (o, a) -> o.attention(a, key, value, hidden, 0, precision),
          fast,
          plain);
    }
    dropout(manager, fast);
    optimizer(manager, fast, plain);
  }

  /** Results and gradients of both. */
  private static void same(
      String name,
      double tolerance,
      NDArray x,
      BiFunction<Operators, NDArray, NDArray> function,
      Operators fast,
      Operators plain) {
    float[][] found = valueAndGradient(x, a -> function.apply(fast, a));
    float[][] expected = valueAndGradient(x, a -> function.apply(plain, a));
    requireClose(name, found[0], expected[0], tolerance);
    requireClose(name + " gradient", found[1], expected[1], tolerance);
  }

  private static float[][] valueAndGradient(NDArray x, UnaryOperator<NDArray> function) {
    NDArray input = x.getManager().create(x.toFloatArray(), x.getShape());
    input.setRequiresGradient(true);
    float[][] result = new float[2][];
    Torch.differentiate(
        () -> {
          NDArray y = function.apply(input);
          result[0] = y.toFloatArray();
          return y.square().sum();
        });
    result[1] = input.getGradient().toFloatArray();
    return result;
  }

  /** Every value is 0 or 1 / (1 - share), the gradient is the same, and the share is right. */
  private static void dropout(NDManager manager, Operators fast) {
    NDArray ones = manager.ones(new Shape(100, 101));
    float[][] answer = valueAndGradient(ones, x -> fast.drop(x, SHARE));
    int dropped = 0;
    for (int i = 0; i < answer[0].length; i++) {
      float y = answer[0][i];
      dropped += y == 0 ? 1 : 0;
      boolean allowed = y == 0 || Math.abs(y - 1 / (1 - SHARE)) < CLOSE;
      // The gradient of the sum of y² is 2 y dy/dx, and dy/dx is y here.
      if (!allowed || Math.abs(answer[1][i] - 2 * y * y) > CLOSE) {
        throw new IllegalStateException(
            "dropout gives " + y + " with the gradient " + answer[1][i]);
      }
    }
    double share = (double) dropped / answer[0].length;
    if (Math.abs(share - SHARE) > SHARE_TOLERANCE) {
      throw new IllegalStateException("dropout of " + SHARE + " drops " + share);
    }
  }

  private static void optimizer(NDManager manager, Operators fast, Operators plain) {
    requireClose("AdamW", steps(manager, fast), steps(manager, plain), CLOSE);
  }

  /** Parameters after two steps, then the norm of the gradients before each. */
  private static float[] steps(NDManager manager, Operators operators) {
    Shape shape = new Shape(3, 5);
    NDArray parameter = filled(manager, shape, 7);
    NDArray gradient = filled(manager, shape, 8);
    NDArray step = manager.zeros(new Shape());
    Runnable adamw =
        operators.adamw(
            new Operators.Update(
                List.of(parameter),
                List.of(gradient),
                List.of(manager.zeros(shape)),
                List.of(manager.zeros(shape)),
                step,
                manager.create(0.01f),
                manager.create(0.1f),
                manager.create(2f)));
    var norm = operators.normAndLoss(List.of(gradient), step);
    float[] result = new float[17];
    for (int i = 0; i < 2; i++) {
      result[15 + i] = norm.get()[0] + norm.get()[1];
      step.addi(1);
      adamw.run();
      gradient.addi(filled(manager, shape, 9 + i));
    }
    System.arraycopy(parameter.toFloatArray(), 0, result, 0, 15);
    return result;
  }

  private static void requireClose(String name, float[] found, float[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(1, Math.abs(expected[i]));
      if (!(Math.abs(found[i] - expected[i]) <= tolerance * scale)) {
        throw new IllegalStateException(
            "%s gives %s where %s is right".formatted(name, found[i], expected[i]));
      }
    }
  }

  /** Values between -1 and 1 that take no random numbers from a training. */
  private static NDArray filled(NDManager manager, Shape shape, int seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return manager.create(values, shape);
  }
}
