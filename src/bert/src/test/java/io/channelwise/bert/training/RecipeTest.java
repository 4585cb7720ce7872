package io.channelwise.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the single knobs of a training do to the model that comes out. */
class RecipeTest {
  @TempDir Path folder;

  private final List<StepReport> steps = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void onStep(StepReport report) {
          steps.add(report);
        }

        @Override
        public void onEpoch(EpochReport report) {
          epochs.add(report);
        }

        @Override
        public void onNotice(String message) {
          notices.add(message);
        }
      };

  private static TrainingSettings.Builder tiny() {
    return TrainingSettings.builder()
        .base(TestModels.tiny().toString())
        .epochs(2)
        .batchSize(6)
        .learningRate(2e-3)
        .dropout(0)
        .threads(1)
        .device("cpu");
  }

  /** Classes of unequal size, texts of unequal length, a last batch that is not full. */
  private static List<Example> examples() {
    List<Example> result = new ArrayList<>();
    for (int i = 0; i < 29; i++) {
      boolean rare = i % 4 == 0;
      String text = (rare ? "the bill is wrong" : "it is slow") + " and so on".repeat(i % 6);
      result.add(new Example(text, rare ? "billing" : "latency"));
    }
    return result;
  }

  private TrainingResult train(String name, TrainingSettings settings) {
    steps.clear();
    epochs.clear();
    notices.clear();
    return FineTuner.train(
        settings,
        examples(),
        examples(),
        folder.resolve(name + ".work"),
        folder.resolve(name),
        listener);
  }

  private Map<String, float[]> weights(Path model) {
    Map<String, float[]> result = new HashMap<>();
    try (SafetensorsReader reader = SafetensorsReader.open(model.resolve("model.safetensors"))) {
      for (String name : reader.names()) {
        HostTensor tensor = reader.read(name);
        float[] values = new float[tensor.values().remaining()];
        tensor.values().get(values);
        result.put(name, values);
      }
    }
    return result;
  }

  @Test
  void shouldLearnAsFromOneBigBatch_whenBatchesAreAccumulated() {
    TrainingSettings.Builder recipe = tiny().balancedClasses(true).labelSmoothing(0.1);
    train("big", recipe.batchSize(12).build());
    List<StepReport> big = List.copyOf(steps);
    train("accumulated", recipe.batchSize(4).accumulation(3).build());

    assertThat(steps).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(steps.get(i).loss()).isEqualTo(big.get(i).loss(), within(1e-5));
      assertThat(steps.get(i).gradientNorm())
          .isEqualTo(big.get(i).gradientNorm(), within(1e-4 * big.get(i).gradientNorm()));
      assertThat(steps.get(i).tokens()).isEqualTo(big.get(i).tokens());
    }
    Map<String, float[]> expected = weights(folder.resolve("big"));
    weights(folder.resolve("accumulated"))
        .forEach(
            (name, values) ->
                assertThat(distance(values, expected.get(name))).as(name).isLessThan(1e-4));
  }

  @Test
  void shouldLeaveFrozenWeightsAsTheyWere_andTrainTheOthers() {
    Map<String, float[]> base = weights(TestModels.tiny());
    train("one", tiny().freeze("1").build());
    Map<String, float[]> one = weights(folder.resolve("one"));
    train("encoder", tiny().freeze("encoder").build());
    Map<String, float[]> encoder = weights(folder.resolve("encoder"));

    for (String name : base.keySet()) {
      boolean below = name.contains("embeddings.") || name.contains("layer.0.");
      if (below) {
        assertThat(Arrays.equals(one.get(name), base.get(name))).as(name).isTrue();
      } else {
        assertThat(Arrays.equals(one.get(name), base.get(name))).as(name).isFalse();
      }
      assertThat(Arrays.equals(encoder.get(name), base.get(name))).as(name).isTrue();
    }
    assertThat(steps.get(steps.size() - 1).loss()).isLessThan(steps.get(0).loss());
    assertThatThrownBy(() -> train("three", tiny().freeze("3").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("freeze is 3, but the model has 2 layers");
  }

  @Test
  void shouldMergeAndSaveTheAdapter_whenTrainedWithLora() throws IOException {
    TrainingSettings settings =
        tiny().loraRank(3).loraAlpha(6).pooling("cls").epochs(6).learningRate(2e-2).build();
    TrainingResult result = train("lora", settings);
    Path model = folder.resolve("lora");

    Map<String, float[]> base = weights(TestModels.tiny());
    Map<String, float[]> merged = weights(model);
    base.forEach(
        (name, values) -> {
          boolean adapted = name.matches(".*self\\.(query|value)\\.weight");
          assertThat(Arrays.equals(merged.get(name), values)).as(name).isEqualTo(!adapted);
        });
    assertThat(Evaluator.evaluate(model, examples()).accuracy())
        .isEqualTo(result.evaluation().accuracy());
    JsonNode config =
        new ObjectMapper().readTree(model.resolve("adapter/adapter_config.json").toFile());
    assertThat(config.path("peft_type").asText()).isEqualTo("LORA");
    assertThat(config.path("task_type").asText()).isEqualTo("SEQ_CLS");
    assertThat(config.path("r").asInt()).isEqualTo(3);
    assertThat(config.path("lora_alpha").asInt()).isEqualTo(6);
    assertThat(config.path("target_modules").toString()).isEqualTo("[\"query\",\"value\"]");
    assertThat(config.path("modules_to_save").toString()).isEqualTo("[\"classifier\",\"pooler\"]");
    // The names of PEFT's documentation of its checkpoint format, below
    // BertForSequenceClassification.
    String layer = "base_model.model.bert.encoder.layer.0.attention.self.query.";
    try (SafetensorsReader reader =
        SafetensorsReader.open(model.resolve("adapter/adapter_model.safetensors"))) {
      assertThat(reader.names())
          .hasSize(2 * 2 * 2 + 4)
          .contains("base_model.model.classifier.weight", "base_model.model.classifier.bias")
          .contains("base_model.model.bert.pooler.dense.weight");
      assertThat(reader.shape(layer + "lora_A.weight")).containsExactly(3, 32);
      assertThat(reader.shape(layer + "lora_B.weight")).containsExactly(32, 3);
    }

    Adapters.merge(
        TestModels.tiny().toString(),
        model.resolve("adapter"),
        folder.resolve("bases"),
        folder.resolve("again"));
    weights(folder.resolve("again"))
        .forEach(
            (name, values) ->
                assertThat(distance(values, merged.get(name))).as(name).isLessThan(1e-5));
    assertThat(Evaluator.evaluate(folder.resolve("again"), examples()).accuracy())
        .isEqualTo(result.evaluation().accuracy());
  }

  @Test
  void shouldRefuseAnAdapter_whenItIsOfAnotherKindOrBase() throws IOException {
    train("lora", tiny().loraRank(2).epochs(1).build());
    Path adapter = folder.resolve("lora/adapter");
    Path other = folder.resolve("other");
    assertThatThrownBy(
            () -> Adapters.merge("minilm", adapter, Path.of("target/base-models"), other))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageMatching(
            "The base minilm has 6 layers of width 384 and 30522 words; the adapter .*lora/adapter"
                + " was trained on 2 layers of width 32 and 30522 words, called .*tiny\\. Give that"
                + " base\\.");
    Path config = adapter.resolve("adapter_config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replace("\"LORA\"", "\"IA3\""));
    assertThatThrownBy(() -> Adapters.merge(TestModels.tiny().toString(), adapter, folder, other))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("peft_type IA3 instead of LORA");
    Files.writeString(config, json.replace("\"r\" : 2", "\"r\" : 4"));
    assertThatThrownBy(() -> Adapters.merge(TestModels.tiny().toString(), adapter, folder, other))
        .hasMessageContaining("does not fit the base: 8 tensors");
    assertThat(other).doesNotExist();
  }

  @Test
  void shouldKeepTheBestEpoch_whenItStopsEarly() {
    // A rate this high throws the model about: the last epoch is not the best.
    TrainingSettings settings =
        tiny().earlyStopping(2).epochs(40).learningRate(3e-2).balancedClasses(true).build();
    TrainingResult result = train("early", settings);

    List<Double> scores = epochs.stream().map(EpochReport::macroF1).toList();
    double best = scores.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    int first = scores.indexOf(best);
    assertThat(scores).hasSize(first + 1 + 2).hasSizeLessThan(40);
    assertThat(result.evaluation().macroF1()).isEqualTo(best);
    assertThat(Evaluator.evaluate(folder.resolve("early"), examples()).macroF1()).isEqualTo(best);
    assertThat(notices).singleElement().asString().contains("weights of epoch " + (first + 1));
    FineTuner.forget(folder.resolve("early.work"));
    assertThat(folder.resolve("early.work")).doesNotExist();
  }

  @Test
  void shouldDrawEveryWeight_whenTrainedFromScratch() throws IOException {
    Path shape = folder.resolve("shape");
    Files.createDirectories(shape);
    for (String name : List.of("config.json", "tokenizer.json")) {
      Files.copy(TestModels.tiny().resolve(name), shape.resolve(name));
    }
    TrainingSettings settings = tiny().base(shape.toString()).fromScratch(true).epochs(1).build();
    train("scratch", settings.toBuilder().learningRate(1e-9).build());
    Map<String, float[]> drawn = weights(folder.resolve("scratch"));

    float[] words = drawn.get("bert.embeddings.word_embeddings.weight");
    assertThat(words).hasSize(30522 * 32);
    assertThat(deviation(words)).isEqualTo(0.02, within(2e-4));
    assertThat(deviation(drawn.get("bert.encoder.layer.1.output.dense.weight")))
        .isEqualTo(0.02, within(2e-3));
    assertThat(drawn.get("bert.encoder.layer.1.output.LayerNorm.weight"))
        .containsOnly(new float[] {1}, within(1e-6f));
    assertThat(drawn.get("bert.encoder.layer.1.output.dense.bias"))
        .containsOnly(new float[] {0}, within(1e-6f));
    for (int i = 0; i < 32; i++) {
      assertThat(words[i]).isEqualTo(0, within(1e-6f)); // [PAD]
    }
    train("other", settings.toBuilder().seed(5).build());
    assertThat(weights(folder.resolve("other")).get("bert.encoder.layer.0.output.dense.weight"))
        .isNotEqualTo(drawn.get("bert.encoder.layer.0.output.dense.weight"));
  }

  /** Largest difference of two values; AssertJ's comparison is slow for a million of them. */
  private static double distance(float[] values, float[] others) {
    assertThat(values).hasSameSizeAs(others);
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - others[i]));
    }
    return largest;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void shouldStopBetweenTwoBatches_whenCancelledWithinAStep() {
    int[] asked = new int[1];
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public boolean isCancelled() {
            return ++asked[0] == 2;
          }
        };
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny().batchSize(1).accumulation(29).build(),
                    examples(),
                    List.of(),
                    folder.resolve("work"),
                    folder.resolve("out"),
                    impatient))
        .isInstanceOf(TrainingCancelledException.class)
        .hasMessageContaining("before its first step");
    assertThat(asked[0]).isEqualTo(2);
  }

  @Test
  void shouldNeedEvaluationData_whenItIsToStopEarly() {
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny().earlyStopping(1).build(),
                    examples(),
                    List.of(),
                    folder.resolve("work"),
                    folder.resolve("out"),
                    listener))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no evaluation data");
  }
}
