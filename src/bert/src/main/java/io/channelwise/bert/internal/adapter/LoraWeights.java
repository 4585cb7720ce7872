package io.channelwise.bert.internal.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Low-rank updates of linear layers (Hu et al. 2021, <a
 * href="https://arxiv.org/abs/2106.09685">2106.09685</a>): a layer answers W x + b + alpha / r · B
 * A x, with A (r, in), B (out, r) trained and W, b frozen. Arrays belong to the manager given. One
 * thread at a time.
 */
public final class LoraWeights {
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";
  private static final String WEIGHT = ".weight";

  private final LoraSettings settings;
  private final Map<String, NDArray> arrays;
  private final NDArray scale;

  private LoraWeights(LoraSettings settings, Map<String, NDArray> arrays, NDManager manager) {
    this.settings = settings;
    this.arrays = arrays;
    scale = manager.create((float) settings.scale());
  }

  /**
   * New updates that change nothing yet: A from the uniform distribution PyTorch draws linear
   * layers from, as PEFT does, and B zero.
   *
   * @param weights names and shapes of the model's tensors
   */
  public static LoraWeights drawn(
      LoraSettings settings, Map<String, long[]> weights, long seed, NDManager manager) {
    Map<String, long[]> modules = settings.modules(weights);
    Random random = new Random(seed * 31 + 1);
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    modules.forEach(
        (module, shape) -> {
          long out = shape[0];
          long in = shape[1];
          FloatBuffer drawn = FloatBuffer.allocate(Math.toIntExact(settings.rank() * in));
          double bound = 1 / Math.sqrt(in);
          while (drawn.hasRemaining()) {
            drawn.put((float) ((2 * random.nextDouble() - 1) * bound));
          }
          arrays.put(module + A, manager.create(drawn.flip(), new Shape(settings.rank(), in)));
          arrays.put(module + B, manager.zeros(new Shape(out, settings.rank())));
        });
    return new LoraWeights(settings, arrays, manager);
  }

  /**
   * Adds the update of a layer, if it has one.
   *
   * @param module name of the layer, such as {@code encoder.layer.0.attention.self.query}
   * @param x what goes into the layer, (…, in)
   * @param y what comes out of the frozen layer, (…, out)
   * @return (…, out)
   */
  public NDArray adapt(String module, NDArray x, NDArray y) {
    NDArray a = arrays.get(module + A); // (r, in)
    if (a == null) {
      return y;
    }
    NDArray b = arrays.get(module + B); // (out, r)
    NDArray narrow = x.matMul(a.transpose()); // (…, r)
    return y.add(narrow.mul(scale).matMul(b.transpose()));
  }

  /**
   * A frozen weight with its update added, for export.
   *
   * @param name of a tensor; others than adapted ones come back as they are
   * @param weight (out, in)
   */
  public NDArray merged(String name, NDArray weight) {
    String module = name.substring(0, Math.max(0, name.length() - WEIGHT.length()));
    NDArray a = arrays.get(module + A);
    if (a == null || !name.endsWith(WEIGHT)) {
      return weight;
    }
    return weight.add(arrays.get(module + B).matMul(a).mul(scale)); // (out, in)
  }

  /** The trained arrays by PEFT's names without prefix; live, in a fixed order. */
  public Map<String, NDArray> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** Rank, scale and targets. */
  public LoraSettings settings() {
    return settings;
  }
}
