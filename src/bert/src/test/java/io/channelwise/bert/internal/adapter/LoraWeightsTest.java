package io.channelwise.bert.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.model.Torch;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected values from PyTorch 1.13 (Debian's python3-torch): linear(x) + B(A(x)) · alpha / r. */
class LoraWeightsTest {
  private static final String QUERY = "encoder.layer.0.attention.self.query";
  private static final float[] W = {0.2f, -0.1f, 0.4f, 1, 0.3f, -0.6f};
  private static final float[] A = {0.5f, -1, 0.25f};
  private static final float[] B = {0.3f, -0.7f};
  private static final float[] MERGED = {2.6f, -4.9f, 1.6f, -4.6f, 11.5f, -3.4f};

  @Test
  void shouldAnswerAndLearnAsPyTorch_whenALayerIsAdapted() {
    Torch.enter();
    try (NDManager manager = Torch.manager(Device.cpu())) {
      LoraWeights lora =
          LoraWeights.drawn(new LoraSettings(1, 16, List.of("query")), shapes(), 3, manager);
      NDArray a = lora.arrays().get(QUERY + ".lora_A.weight");
      NDArray b = lora.arrays().get(QUERY + ".lora_B.weight");
      NDArray x = manager.create(new float[] {1, 2, -1, 0.5f, -0.5f, 3}, new Shape(2, 3));
      NDArray weight = manager.create(W, new Shape(2, 3));
      NDArray bias = manager.create(new float[] {0.1f, -0.2f});
      NDArray plain = Linear.linear(x, weight, bias).singletonOrThrow();
      // B is zero at first: nothing is changed yet, A is drawn below 1 / sqrt(3).
      assertThat(lora.adapt(QUERY, x, plain).toFloatArray()).isEqualTo(plain.toFloatArray());
      assertThat(a.abs().max().getFloat()).isBetween(0.01f, 0.5774f);
      a.set(A);
      b.set(B);
      a.setRequiresGradient(true);
      b.setRequiresGradient(true);
      NDArray factors = manager.create(new float[] {1, -2, 3, 0.5f}, new Shape(2, 2));

      Torch.differentiate(() -> lora.adapt(QUERY, x, plain).mul(factors).sum());

      assertThat(lora.adapt(QUERY, x, plain).toFloatArray())
          .containsExactly(new float[] {-8.7f, 21.6f, 8.65f, -18.45f}, within(1e-5f));
      assertThat(a.getGradient().toFloatArray())
          .containsExactly(new float[] {31.6f, 50, -0.8f}, within(1e-4f));
      assertThat(b.getGradient().toFloatArray())
          .containsExactly(new float[] {44, 68}, within(1e-4f));
      assertThat(lora.merged(QUERY + ".weight", weight).toFloatArray())
          .containsExactly(MERGED, within(1e-5f));
      assertThat(lora.merged("classifier.weight", weight)).isSameAs(weight);
      assertThat(lora.adapt("encoder.layer.0.output.dense", x, plain)).isSameAs(plain);
    }
  }

  @Test
  void shouldMergeInJavaAsOnTheDevice() {
    PeftAdapter adapter =
        new PeftAdapter(
            new LoraSettings(1, 16, List.of("query")),
            Map.of(
                QUERY + ".lora_A.weight",
                new HostTensor(new long[] {1, 3}, FloatBuffer.wrap(A)),
                QUERY + ".lora_B.weight",
                new HostTensor(new long[] {2, 1}, FloatBuffer.wrap(B))));
    FloatBuffer merged =
        adapter.merged(QUERY + ".weight", new HostTensor(new long[] {2, 3}, FloatBuffer.wrap(W)));
    float[] values = new float[6];
    merged.get(values);
    assertThat(values).containsExactly(MERGED, within(1e-6f));
  }

  @Test
  void shouldNameTheLayersThereAre_whenATargetIsUnknown() {
    LoraSettings settings = new LoraSettings(4, 8, List.of("query", "q_proj"));
    assertThatThrownBy(() -> settings.requireTargets(shapes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[q_proj] name no linear layer")
        .hasMessageContaining("attention.self.query");
    // As in PEFT, dense is the end of three names.
    Map<String, long[]> modules = new LoraSettings(4, 8, List.of("dense")).modules(shapes());
    assertThat(modules)
        .containsOnlyKeys("encoder.layer.0.attention.output.dense", "encoder.layer.0.output.dense");
  }

  private static Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("embeddings.word_embeddings.weight", new long[] {9, 3});
    shapes.put(QUERY + ".weight", new long[] {2, 3});
    shapes.put(QUERY + ".bias", new long[] {2});
    shapes.put("encoder.layer.0.attention.output.dense.weight", new long[] {3, 2});
    shapes.put("encoder.layer.0.output.dense.weight", new long[] {3, 3});
    shapes.put("encoder.layer.0.output.LayerNorm.weight", new long[] {3});
    shapes.put("pooler.dense.weight", new long[] {3, 3});
    shapes.put("classifier.weight", new long[] {2, 3});
    return shapes;
  }
}
