package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters that the optimiser treats alike.
 *
 * @param parameters by name
 * @param rateFactor what the learning rate is multiplied with
 * @param weightDecay decoupled weight decay
 */
public record ParameterGroup(
    Map<String, NDArray> parameters, double rateFactor, double weightDecay) {
  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d+)\\..*");

  /**
   * Groups the parameters of a model. Biases and LayerNorms are not decayed. The head learns at the
   * full rate, each layer below at {@code layerDecay} times the rate of the one above it, the
   * embeddings at the lowest (Howard and Ruder 2018, <a
   * href="https://arxiv.org/abs/1801.06146">1801.06146</a>; as ELECTRA's code counts layers).
   *
   * @param layers of the encoder
   */
  public static List<ParameterGroup> of(
      Map<String, NDArray> parameters, int layers, double layerDecay, double weightDecay) {
    record Kind(double rateFactor, double weightDecay) {}
    Map<Kind, Map<String, NDArray>> groups = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          double factor = Math.pow(layerDecay, layersAbove(name, layers));
          Kind kind = new Kind(factor, isDecayed(name) ? weightDecay : 0);
          groups.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(name, parameter);
        });
    List<ParameterGroup> result = new ArrayList<>();
    groups.forEach(
        (kind, members) ->
            result.add(new ParameterGroup(members, kind.rateFactor(), kind.weightDecay())));
    return result;
  }

  private static boolean isDecayed(String name) {
    return name.endsWith(".weight") && !name.contains("LayerNorm");
  }

  private static int layersAbove(String name, int layers) {
    if (name.startsWith("embeddings.")) {
      return layers + 1;
    }
    int layer = layerOf(name);
    return layer < 0 ? 0 : layers - layer;
  }

  /** Number of the encoder layer a tensor belongs to, from 0; -1 outside of them. */
  static int layerOf(String name) {
    Matcher matcher = LAYER.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
