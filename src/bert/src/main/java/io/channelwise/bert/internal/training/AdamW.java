package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.internal.model.Operators;
import io.channelwise.bert.internal.model.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, <a
 * href="https://arxiv.org/abs/1711.05101">1711.05101</a>) behind clipping by the global norm.
 * Biases and LayerNorms are not decayed. Owns gradients and state of the parameters; one thread.
 */
public final class AdamW implements AutoCloseable {
  private final NDManager manager;
  private final Operators operators;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> squares = new LinkedHashMap<>();
  private final NDArray stepCount;
  private final NDArray scale;
  private final Map<String, NDArray> parameters;
  private final NDManager scalars;
  private final NDArray rate;
  private final NDArray weightDecay;
  private final NDArray noDecay;
  private final double clipNorm;
  private long steps;
  private DoubleSupplier norm;
  private Runnable decayed;
  private Runnable plain;

  /**
   * Attaches gradients to the parameters.
   *
   * @param manager owner of the state; closed with this optimiser
   */
  public AdamW(
      Map<String, NDArray> parameters, NDManager manager, double weightDecay, double clipNorm) {
    this.manager = manager;
    this.clipNorm = clipNorm;
    // The operator reads these as numbers: on a GPU that would wait for everything before.
    scalars = Torch.manager(Device.cpu());
    rate = scalars.create(0f);
    this.weightDecay = scalars.create((float) weightDecay);
    noDecay = scalars.create(0f);
    operators = Operators.of(manager);
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
    Map<String, NDArray> gradientOf = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          NDArray gradient = parameter.getGradient();
          gradient.attach(manager);
          gradients.add(gradient);
          gradientOf.put(name, gradient);
        });
    norm = operators.globalNorm(gradients);
    decayed = update(AdamW::isDecayed, gradientOf, weightDecay);
    plain = update(name -> !isDecayed(name), gradientOf, noDecay);
  }

  private Runnable update(
      Predicate<String> chosen, Map<String, NDArray> gradientOf, NDArray decay) {
    List<String> names = parameters.keySet().stream().filter(chosen).toList();
    return operators.adamw(
        names.stream().map(parameters::get).toList(),
        names.stream().map(gradientOf::get).toList(),
        names.stream().map(means::get).toList(),
        names.stream().map(squares::get).toList(),
        stepCount,
        rate,
        decay,
        scale);
  }

  private static boolean isDecayed(String name) {
    return name.endsWith(".weight") && !name.contains("LayerNorm");
  }

  /** Norm of all gradients together, before clipping; call it after a backward pass. */
  public double gradientNorm() {
    if (norm == null) {
      bindGradients();
    }
    return norm.getAsDouble();
  }

  /**
   * Moves the parameters by one step and zeroes the gradients.
   *
   * @param gradientNorm as {@link #gradientNorm()} gave it
   */
  public void step(double learningRate, double gradientNorm) {
    steps++;
    // The kernel divides gradients by this scale while it reads them: clipping for free.
    assign(stepCount, steps);
    assign(scale, Math.max(1, gradientNorm / clipNorm));
    assign(rate, learningRate);
    decayed.run();
    plain.run();
  }

  /** In place, so that the argument lists stay good; NDArray.set makes PyTorch print a warning. */
  private static void assign(NDArray scalar, double value) {
    scalar.subi(scalar).addi((float) value);
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
    operators.close();
    scalars.close();
    manager.close();
  }
}
