package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.training.Decay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Expected values from PyTorch 1.13 (Debian's python3-torch): {@code torch.optim.AdamW} with one
 * group a tensor, {@code clip_grad_norm_(1.0)} and a {@code LambdaLR} with the cosine of {@code
 * transformers.get_cosine_schedule_with_warmup}, 0.5 (1 + cos(π progress)).
 */
class ParameterGroupTest {
  private static final Map<String, float[]> START = new LinkedHashMap<>();
  private static final Map<String, float[]> AFTER_8_STEPS = new LinkedHashMap<>();
  private static final double[] NORMS = {
    29.757352, 29.708208, 29.610044, 29.463131, 29.326448, 29.216857, 29.143950, 29.107542
  };

  static {
    put("embeddings.word_embeddings.weight", 1f, -2f, 0.9938132f, -1.9932505f);
    put("encoder.layer.0.output.dense.weight", 0.5f, 3f, 0.4881935f, 2.9853778f);
    put("encoder.layer.0.output.dense.bias", -1.5f, 0.25f, -1.4887462f, 0.2387561f);
    put("encoder.layer.1.output.LayerNorm.weight", 1f, 1f, 0.9775002f, 0.9775002f);
    put("classifier.weight", 2f, -0.5f, 1.9461055f, -0.4528896f);
  }

  private static void put(String name, float x, float y, float newX, float newY) {
    START.put(name, new float[] {x, y});
    AFTER_8_STEPS.put(name, new float[] {newX, newY});
  }

  @Test
  void shouldStepAsPyTorch_whenLayersDecayAndTheRateFollowsACosine() {
    Schedule schedule = Schedule.of(0.01, 8, 0.25, Decay.COSINE);
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      START.forEach((name, values) -> parameters.put(name, manager.create(values)));
      List<ParameterGroup> groups = ParameterGroup.of(parameters, 2, 0.5, 0.1);
      List<Double> norms = new ArrayList<>();
      try (AdamW optimizer = new AdamW(groups, manager.newSubManager(), 1)) {
        for (int step = 0; step < 8; step++) {
          optimizer.addLoss(Torch.differentiate(() -> loss(parameters)));
          AdamW.Measured measured = optimizer.measure();
          norms.add(measured.gradientNorm());
          assertThat(measured.loss()).isEqualTo(loss(parameters).getFloat(), within(1e-4));
          optimizer.step(schedule.at(step), measured.gradientNorm());
        }
      }
      for (int i = 0; i < NORMS.length; i++) {
        assertThat(norms.get(i)).isEqualTo(NORMS[i], within(1e-4));
      }
      AFTER_8_STEPS.forEach(
          (name, values) ->
              assertThat(parameters.get(name).toFloatArray())
                  .as(name)
                  .containsExactly(values, within(2e-6f)));
    }
  }

  /** Sum of (i + 1) p², and a product that ties the embeddings to the head. */
  private static NDArray loss(Map<String, NDArray> parameters) {
    List<NDArray> all = List.copyOf(parameters.values());
    NDArray sum = all.get(0).mul(all.get(4)).sum();
    for (int i = 0; i < all.size(); i++) {
      sum = sum.add(all.get(i).square().mul(i + 1).sum());
    }
    return sum;
  }

  @Test
  void shouldForgetTheGradients_whenAStepIsCleared() {
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      START.forEach((name, values) -> parameters.put(name, manager.create(values)));
      List<ParameterGroup> groups = ParameterGroup.of(parameters, 2, 1, 0);
      try (AdamW optimizer = new AdamW(groups, manager.newSubManager(), 1)) {
        // Before the first whole pass: only one of the gradients is there.
        optimizer.addLoss(
            Torch.differentiate(() -> parameters.get("classifier.weight").square().sum()));
        optimizer.clear();
        optimizer.addLoss(Torch.differentiate(() -> loss(parameters)));

        assertThat(optimizer.measure().gradientNorm()).isEqualTo(NORMS[0], within(1e-4));
        assertThat(optimizer.measure().loss()).isEqualTo(loss(parameters).getFloat(), within(1e-4));
      }
    }
  }

  @Test
  void shouldSlowDownLayerByLayer_fromTheHeadToTheEmbeddings() {
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      Map<String, Double> factors = new LinkedHashMap<>();
      Map<String, Double> decays = new LinkedHashMap<>();
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      for (String name : START.keySet()) {
        parameters.put(name, manager.create(0f));
      }
      parameters.put("encoder.layer.1.attention.self.query.lora_A.weight", manager.create(0f));
      for (ParameterGroup group : ParameterGroup.of(parameters, 2, 0.5, 0.1)) {
        for (String name : group.parameters().keySet()) {
          factors.put(name, group.rateFactor());
          decays.put(name, group.weightDecay());
        }
      }
      assertThat(factors)
          .containsEntry("embeddings.word_embeddings.weight", 0.125)
          .containsEntry("encoder.layer.0.output.dense.weight", 0.25)
          .containsEntry("encoder.layer.1.output.LayerNorm.weight", 0.5)
          .containsEntry("encoder.layer.1.attention.self.query.lora_A.weight", 0.5)
          .containsEntry("classifier.weight", 1.0);
      assertThat(decays)
          .containsEntry("encoder.layer.0.output.dense.bias", 0.0)
          .containsEntry("encoder.layer.1.output.LayerNorm.weight", 0.0)
          .containsEntry("encoder.layer.1.attention.self.query.lora_A.weight", 0.1);
    }
  }
}
