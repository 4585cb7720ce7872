package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.channelwise.bert.internal.model.TorchOperators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, <a
 * href="https://arxiv.org/abs/1711.05101">1711.05101</a>) behind clipping by the global norm.
 * Biases and LayerNorms are not decayed. Owns gradients and state of the parameters; one thread.
 */
public final class AdamW implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final NDManager manager;
  private final TorchOperators operators;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> squares = new LinkedHashMap<>();
  private final NDArray stepCount;
  private final NDArray scale;
  private final Map<String, NDArray> parameters;
  private final double weightDecay;
  private final double clipNorm;
  private long steps;
  private IValue allGradients;
  private Group decayed;
  private Group plain;

  /** Arguments of one fused call, built once. */
  private record Group(List<IValue> lists) {
    static Group of(List<List<NDArray>> columns) {
      return new Group(columns.stream().map(TorchOperators::list).toList());
    }

    void close() {
      lists.forEach(IValue::close);
    }
  }

  /**
   * Attaches gradients to the parameters.
   *
   * @param manager owner of the state; closed with this optimiser
   */
  public AdamW(
      Map<String, NDArray> parameters, NDManager manager, double weightDecay, double clipNorm) {
    this.manager = manager;
    this.weightDecay = weightDecay;
    this.clipNorm = clipNorm;
    operators = new TorchOperators(manager);
    stepCount = manager.zeros(new Shape());
    scale = manager.ones(new Shape());
    this.parameters = new LinkedHashMap<>(parameters);
    parameters.forEach(
        (name, parameter) -> {
          parameter.setRequiresGradient(true);
          means.put(name, manager.zeros(parameter.getShape()));
          squares.put(name, manager.zeros(parameter.getShape()));
        });
  }

  /**
   * Builds the argument lists once. PyTorch makes the gradients in the first backward pass and adds
   * to the same arrays later, so the lists stay good for the whole training.
   */
  private void bindGradients() {
    List<NDArray> gradients = new ArrayList<>();
    List<List<NDArray>> decayedColumns = columns();
    List<List<NDArray>> plainColumns = columns();
    parameters.forEach(
        (name, parameter) -> {
          NDArray gradient = parameter.getGradient();
          gradient.attach(manager);
          gradients.add(gradient);
          List<List<NDArray>> columns = isDecayed(name) ? decayedColumns : plainColumns;
          columns.get(0).add(parameter);
          columns.get(1).add(gradient);
          columns.get(2).add(means.get(name));
          columns.get(3).add(squares.get(name));
          columns.get(4).add(stepCount);
        });
    allGradients = TorchOperators.list(gradients);
    decayed = Group.of(decayedColumns);
    plain = Group.of(plainColumns);
  }

  private static List<List<NDArray>> columns() {
    List<List<NDArray>> result = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      result.add(new ArrayList<>());
    }
    return result;
  }

  private static boolean isDecayed(String name) {
    return name.endsWith(".weight") && !name.contains("LayerNorm");
  }

  /** Norm of all gradients together, before clipping; call it after a backward pass. */
  public double gradientNorm() {
    if (allGradients == null) {
      bindGradients();
    }
    try (NDManager scope = manager.newSubManager();
        NDArray norm = operators.globalNorm(scope, allGradients)) {
      return norm.getFloat();
    }
  }

  /**
   * Moves the parameters by one step and zeroes the gradients.
   *
   * @param gradientNorm as {@link #gradientNorm()} gave it
   */
  public void step(double learningRate, double gradientNorm) {
    steps++;
    // The kernel divides gradients by this scale while it reads them: clipping for free.
    stepCount.set(new float[] {steps});
    scale.set(new float[] {(float) Math.max(1, gradientNorm / clipNorm)});
    operators.adamw(decayed.lists(), learningRate, BETA1, BETA2, weightDecay, EPSILON, scale);
    operators.adamw(plain.lists(), learningRate, BETA1, BETA2, 0, EPSILON, scale);
    operators.zero(allGradients);
  }

  /** Steps done, those before a resume counted. */
  public long steps() {
    return steps;
  }

  /** Running means of the gradients by parameter; live. */
  public Map<String, NDArray> means() {
    return means;
  }

  /** Running means of the squared gradients by parameter; live. */
  public Map<String, NDArray> squares() {
    return squares;
  }

  /** Goes on from a checkpoint whose means and squares were set before. */
  public void resumeAt(long step) {
    steps = step;
  }

  @Override
  public void close() {
    if (allGradients != null) {
      allGradients.close();
      decayed.close();
      plain.close();
    }
    operators.close();
    manager.close();
  }
}
