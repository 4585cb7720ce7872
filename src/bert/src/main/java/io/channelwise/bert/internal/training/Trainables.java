package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.adapter.LoraSettings;
import io.channelwise.bert.internal.adapter.LoraWeights;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.ClassifierWeights;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which arrays of a model a training moves: all, those not frozen, or low-rank updates and the
 * head.
 *
 * @param frozen names of the model's tensors that stay as they are
 * @param lora null without LoRA
 * @param shapes of the model's tensors
 */
record Trainables(Set<String> frozen, LoraSettings lora, Map<String, long[]> shapes) {

  /**
   * Reads the settings; needs no arrays.
   *
   * @throws IllegalArgumentException when more layers are to be frozen than there are, or LoRA is
   *     to adapt what is not there
   */
  static Trainables of(TrainingSettings settings, BertConfig config) {
    Map<String, long[]> shapes = ClassifierWeights.shapes(config);
    LoraSettings lora = null;
    if (settings.loraRank() > 0) {
      lora = new LoraSettings(settings.loraRank(), settings.loraAlpha(), settings.loraTargets());
      lora.requireTargets(shapes);
    }
    String freeze = lora == null ? settings.freeze() : "encoder";
    int frozenLayers = frozenLayers(freeze, config.layers());
    Set<String> frozen = new TreeSet<>();
    for (String name : shapes.keySet()) {
      boolean inFrozenLayer =
          name.startsWith("encoder.") && ParameterGroup.layerOf(name) < frozenLayers;
      if (inFrozenLayer || (name.startsWith("embeddings.") && !freeze.equals("none"))) {
        frozen.add(name);
      }
    }
    return new Trainables(frozen, lora, shapes);
  }

  private static int frozenLayers(String freeze, int layers) {
    if (freeze.equals("none") || freeze.equals("embeddings")) {
      return 0;
    }
    if (freeze.equals("encoder")) {
      return layers;
    }
    int count = Integer.parseInt(freeze);
    if (count > layers) {
      throw new IllegalArgumentException(
          "freeze is %d, but the model has %d layers; give a number up to that, or encoder."
              .formatted(count, layers));
    }
    return count;
  }

  /**
   * New low-rank updates; null without LoRA.
   *
   * @param manager owner of the arrays
   */
  LoraWeights adapter(long seed, NDManager manager) {
    return lora == null ? null : LoraWeights.drawn(lora, shapes, seed, manager);
  }

  /**
   * The arrays to train, by name, in a fixed order.
   *
   * @param adapter null without LoRA
   */
  Map<String, NDArray> of(Bert model, LoraWeights adapter) {
    Map<String, NDArray> result = new LinkedHashMap<>(model.weights());
    result.keySet().removeAll(frozen);
    if (adapter != null) {
      result.putAll(adapter.arrays());
    }
    return result;
  }
}
