package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.model.Operators;
import io.channelwise.bert.internal.model.Torch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, <a
 * href="https://arxiv.org/abs/1711.05101">1711.05101</a>) behind clipping by the global norm. Owns
 * gradients and state of the parameters; one thread.
 */
public final class AdamW implements AutoCloseable {
  private final NDManager manager;
  private final Operators operators;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> squares = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private final NDManager scalars;
  private final NDArray stepCount;
  private final NDArray scale;
  private final NDArray loss;
  private final double clipNorm;
  private long steps;
  private Supplier<float[]> normAndLoss;

  /** A group with its scalars; what updates it is there once gradients are. */
  private static final class Group {
    private final ParameterGroup of;
    private final NDArray rate;
    private final NDArray weightDecay;
    private Runnable update;

    Group(ParameterGroup of, NDManager scalars) {
      this.of = of;
      rate = scalars.create(0f);
      weightDecay = scalars.create((float) of.weightDecay());
    }
  }

  /**
   * What the backward passes of a step gave.
   *
   * @param loss sum of the losses added
   * @param gradientNorm of all gradients together, before clipping
   */
  public record Measured(double loss, double gradientNorm) {}

  /**
   * Attaches gradients to the parameters.
   *
   * @param manager owner of the state; closed with this optimiser
   */
  public AdamW(List<ParameterGroup> parameterGroups, NDManager manager, double clipNorm) {
    this.manager = manager;
    this.clipNorm = clipNorm;
    // The operator reads these as numbers: on a GPU that would wait for everything before.
    scalars = Torch.manager(Device.cpu());
    operators = Operators.of(manager);
    stepCount = manager.zeros(new Shape());
    scale = manager.ones(new Shape());
    loss = manager.zeros(new Shape());
    for (ParameterGroup group : parameterGroups) {
      groups.add(new Group(group, scalars));
      parameters.putAll(group.parameters());
    }
    try {
      parameters.forEach(
          (name, parameter) -> {
            parameter.setRequiresGradient(true);
            means.put(name, manager.zeros(parameter.getShape()));
            squares.put(name, manager.zeros(parameter.getShape()));
          });
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * All parameters at one rate; biases and LayerNorms are not decayed.
   *
   * @param manager owner of the state; closed with this optimiser
   */
  public AdamW(
      Map<String, NDArray> parameters, NDManager manager, double weightDecay, double clipNorm) {
    this(ParameterGroup.of(parameters, 0, 1, weightDecay), manager, clipNorm);
  }

  /** Adds the loss of a backward pass, an array without axes; nothing is fetched. */
  public void addLoss(NDArray part) {
    loss.addi(part);
  }

  /**
   * Sum of the losses added since the last step, and norm of all gradients: one transfer. Call it
   * after the backward passes of a step.
   */
  public Measured measure() {
    if (normAndLoss == null) {
      bindGradients();
    }
    float[] values = normAndLoss.get();
    return new Measured(values[1], values[0]);
  }

  /** Norm of all gradients together, before clipping, where no loss is added. */
  public double gradientNorm() {
    return measure().gradientNorm();
  }

  /**
   * Builds the argument lists once. PyTorch makes the gradients in the first backward pass and adds
   * to the same arrays later, so the lists stay good for the whole training.
   */
  private void bindGradients() {
    Map<String, NDArray> gradientOf = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          NDArray gradient = parameter.getGradient();
          gradient.attach(manager);
          gradientOf.put(name, gradient);
        });
    normAndLoss = operators.normAndLoss(List.copyOf(gradientOf.values()), loss);
    for (Group group : groups) {
      List<String> names = List.copyOf(group.of.parameters().keySet());
      group.update =
          operators.adamw(
              new Operators.Update(
                  names.stream().map(parameters::get).toList(),
                  names.stream().map(gradientOf::get).toList(),
                  names.stream().map(means::get).toList(),
                  names.stream().map(squares::get).toList(),
                  stepCount,
                  group.rate,
                  group.weightDecay,
                  scale));
    }
  }

  /**
   * Moves the parameters by one step and zeroes gradients and loss.
   *
   * @param learningRate of a group with rate factor 1
   * @param gradientNorm as {@link #measure()} gave it
   */
  public void step(double learningRate, double gradientNorm) {
    steps++;
    // The kernel divides gradients by this scale while it reads them: clipping for free.
    assign(stepCount, steps);
    assign(scale, Math.max(1, gradientNorm / clipNorm));
    for (Group group : groups) {
      assign(group.rate, learningRate * group.of.rateFactor());
      group.update.run();
    }
    assign(loss, 0);
  }

  /** Forgets what the backward passes since the last step gave, complete or not. */
  public void clear() {
    // Not the gradients of the steps: before the first whole pass some are not made yet.
    for (NDArray parameter : parameters.values()) {
      try (NDArray gradient = parameter.getGradient()) {
        gradient.subi(gradient);
      }
    }
    assign(loss, 0);
  }

  /** In place, so that the argument lists stay good; NDArray.set makes PyTorch print a warning. */
  private static void assign(NDArray scalar, double value) {
    scalar.subi(scalar).addi((float) value);
  }

  /** What is trained, by name; live, in a fixed order. */
  public Map<String, NDArray> parameters() {
    return Collections.unmodifiableMap(parameters);
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
    operators.close();
    scalars.close();
    manager.close();
  }
}
