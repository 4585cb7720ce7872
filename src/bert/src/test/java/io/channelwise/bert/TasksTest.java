package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.internal.files.SafetensorsReader;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every task must do: learn, resume to the bit, and be read again. */
class TasksTest {
  private static final List<String> THINGS =
      List.of("invoice", "password", "model", "refund", "account", "batch job");

  @TempDir Path folder;

  private static List<Example> examples(Task task) {
    List<Example> result = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String thing = THINGS.get(i % 6);
      String other = THINGS.get((i * 5 + 1) % 6);
      result.add(
          switch (task) {
            case SEQUENCE -> new Example("a question about the " + thing, i % 2 == 0 ? "x" : "y");
            case PAIR ->
                Example.pair("about the " + thing, "the " + other, i % 3 == 0 ? "same" : "other");
            case MULTI_LABEL ->
                Example.multiLabel(
                    i % 2 == 0
                        ? List.of("about the " + thing)
                        : List.of("about the " + thing, other),
                    List.of("billing", "access", "speed").subList(i % 3, i % 6 == 0 ? 0 : 3));
            case TOKENS ->
                Example.tagged(
                    List.of("Does", "Ann", "Lee", "pay", "the", thing, "in", "Rome"),
                    List.of("O", "B-PER", "I-PER", "O", "O", i % 2 == 0 ? "B-ORG" : "O", "O", "O"));
          });
    }
    return result;
  }

  private static TrainingSettings.Builder tiny(Task task) {
    return TrainingSettings.builder()
        .task(task)
        .base(TestModels.tiny().toString())
        .threads(1)
        .device("cpu")
        .logSteps(1);
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void shouldLearnOneBatchByHeart_whateverTheTask(Task task) {
    List<Example> examples = examples(task);
    TrainingSettings settings =
        tiny(task).batchSize(12).epochs(120).learningRate(1e-2).dropout(0).weightDecay(0).build();

    TrainingResult result = train(settings, examples, "model");

    assertThat(result.evaluation().microF1()).isEqualTo(1.0);
    assertThat(result.evaluation().accuracy()).isEqualTo(1.0);
    assertThat(Evaluator.evaluate(result.model(), examples).toJson())
        .isEqualTo(result.evaluation().toJson());
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void shouldEndWithTheSameBits_whenRunTwiceOrKilledOrCancelledAndResumed(Task task) {
    List<Example> examples = examples(task);
    TrainingSettings settings = tiny(task).batchSize(5).epochs(2).checkpointSteps(2).build();
    Path once = train(settings, examples, "once").model().resolve("model.safetensors");

    assertThat(train(settings, examples, "twice").model().resolve("model.safetensors"))
        .hasSameBinaryContentAs(once);

    // 3 steps an epoch. An error out of the listener stands for a kill: the last checkpoint stays.
    Path work = folder.resolve("killed.work");
    Path out = folder.resolve("killed");
    assertThatThrownBy(() -> FineTuner.train(settings, examples, examples, work, out, dyingAt(5)))
        .hasMessage("killed");
    FineTuner.train(settings, examples, examples, work, out, TrainingListener.NONE);
    assertThat(out.resolve("model.safetensors")).hasSameBinaryContentAs(once);

    Path work2 = folder.resolve("cancelled.work");
    Path out2 = folder.resolve("cancelled");
    assertThatThrownBy(
            () -> FineTuner.train(settings, examples, examples, work2, out2, cancelledAfter(1)))
        .isInstanceOf(TrainingCancelledException.class);
    FineTuner.train(settings, examples, examples, work2, out2, TrainingListener.NONE);
    assertThat(out2.resolve("model.safetensors")).hasSameBinaryContentAs(once);
  }

  /** Names and shapes that transformers 4 expects of BertForTokenClassification. */
  @Test
  void shouldBeATokenClassifierOfHuggingFace_whenTagging() throws IOException {
    Path model = train(tiny(Task.TOKENS).epochs(1).build(), examples(Task.TOKENS), "m").model();

    JsonNode config = new ObjectMapper().readTree(model.resolve("config.json").toFile());
    assertThat(config.at("/architectures/0").asText()).isEqualTo("BertForTokenClassification");
    assertThat(config.path("id2label").toString())
        .isEqualTo("{\"0\":\"O\",\"1\":\"B-ORG\",\"2\":\"I-ORG\",\"3\":\"B-PER\",\"4\":\"I-PER\"}");
    assertThat(config.path("problem_type").isMissingNode()).isTrue();
    try (SafetensorsReader weights = SafetensorsReader.open(model.resolve("model.safetensors"))) {
      assertThat(weights.names()).contains("classifier.weight", "classifier.bias");
      assertThat(weights.names()).noneMatch(name -> name.contains("pooler"));
      assertThat(weights.shape("classifier.weight")).containsExactly(5, 32);
    }
    JsonNode metrics = new ObjectMapper().readTree(model.resolve("metrics.json").toFile());
    assertThat(metrics.has("entity_f1")).isTrue();
  }

  @Test
  void shouldBeASequenceClassifierOfHuggingFace_whenPooledByTheFirstToken() throws IOException {
    TrainingSettings settings = tiny(Task.MULTI_LABEL).pooling("cls").epochs(1).build();
    Path model = train(settings, examples(Task.MULTI_LABEL), "m").model();

    JsonNode config = new ObjectMapper().readTree(model.resolve("config.json").toFile());
    assertThat(config.at("/architectures/0").asText()).isEqualTo("BertForSequenceClassification");
    assertThat(config.path("problem_type").asText()).isEqualTo("multi_label_classification");
    try (SafetensorsReader weights = SafetensorsReader.open(model.resolve("model.safetensors"))) {
      assertThat(weights.names()).contains("bert.pooler.dense.weight", "classifier.weight");
    }
  }

  @Test
  void shouldTagEveryWord_whenASentenceIsLongerThanTheModelReads() {
    TrainingSettings settings =
        tiny(Task.TOKENS)
            .batchSize(12)
            .epochs(60)
            .learningRate(1e-2)
            .dropout(0)
            .maxLength(12)
            .build();
    TrainingResult result = train(settings, examples(Task.TOKENS), "model");
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      words.addAll(List.of("Does", "Ann", "Lee", "pay", "the", "refund", "in", "Rome"));
    }

    try (Tagger tagger = Tagger.load(result.model(), "cpu", 1)) {
      TaggedSentence tagged = tagger.tag(List.of(words)).get(0);
      assertThat(tagged.tags()).hasSameSizeAs(words);
      assertThat(tagged.scores()).hasSameSizeAs(words).allMatch(p -> p > 0 && p <= 1);
      assertThat(tagger.countLong(List.of(words, List.of("Ann")))).isEqualTo(1);
      assertThat(tagged.entities()).extracting(TaggedSentence.Entity::text).contains("Ann Lee");
    }
  }

  @Test
  void shouldGiveProbabilitiesOfEachLabelAlone_whenThereMayBeSeveral() {
    List<Example> examples = examples(Task.MULTI_LABEL);
    TrainingSettings settings =
        tiny(Task.MULTI_LABEL).batchSize(12).epochs(120).learningRate(1e-2).dropout(0).build();
    TrainingResult result = train(settings, examples, "model");

    try (Classifier classifier = Classifier.load(result.model(), "cpu", 1)) {
      Prediction three = classifier.predictInputs(List.of(examples.get(3).inputs())).get(0);
      Prediction none = classifier.predictInputs(List.of(examples.get(0).inputs())).get(0);
      assertThat(three.labels(0.5)).containsExactly("access", "billing", "speed");
      assertThat(three.scores().values().stream().mapToDouble(p -> p).sum()).isGreaterThan(1.5);
      assertThat(none.labels(0.5)).isEmpty();
      assertThat(none.labels(0)).hasSize(3);
      assertThat(none.score()).isCloseTo(none.scores().get(none.label()), within(0.0));
    }
  }

  @Test
  void shouldSayWhatTheTaskTakes_whenExamplesDoNotFit() {
    assertThatThrownBy(() -> train(tiny(Task.PAIR).build(), examples(Task.SEQUENCE), "m"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Example 1 has 1 inputs; the task pair takes two texts");
    assertThatThrownBy(() -> train(tiny(Task.SEQUENCE).build(), examples(Task.MULTI_LABEL), "m"))
        .hasMessageContaining("expected one label");
    List<Example> lower =
        examples(Task.TOKENS).stream()
            .map(e -> Example.tagged(e.inputs().subList(0, 2), List.of("O", "person")))
            .toList();
    assertThatThrownBy(() -> train(tiny(Task.TOKENS).build(), lower, "m"))
        .hasMessageContaining("the tag person; expected O, B-KIND or I-KIND");
    assertThatThrownBy(
            () -> train(tiny(Task.TOKENS).build(), examples(Task.TOKENS).subList(0, 5), "m"))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("5 sentences and 2 kinds of entity");
  }

  @Test
  void shouldNameTheTags_whenTheEvaluationHasKindsThatTrainingLacks() {
    List<Example> eval = List.of(Example.tagged(List.of("in", "Rome"), List.of("O", "B-LOC")));
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny(Task.TOKENS).build(),
                    examples(Task.TOKENS),
                    eval,
                    folder.resolve("w"),
                    folder.resolve("o"),
                    TrainingListener.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("labels that the training data lacks: {B-LOC=1}");
  }

  @Test
  void shouldRefuseTheOtherKindOfModel_whenLoaded() {
    Path tags = train(tiny(Task.TOKENS).epochs(1).build(), examples(Task.TOKENS), "t").model();
    Path pairs = train(tiny(Task.PAIR).epochs(1).build(), examples(Task.PAIR), "p").model();

    assertThatThrownBy(() -> Classifier.load(tags))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("load it as a Tagger");
    assertThatThrownBy(() -> Tagger.load(pairs)).hasMessageContaining("load it as a Classifier");
    try (Classifier classifier = Classifier.load(pairs, "cpu", 1)) {
      assertThatThrownBy(() -> classifier.predict(List.of("one text")))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("takes two texts");
    }
  }

  private TrainingResult train(TrainingSettings settings, List<Example> examples, String name) {
    return FineTuner.train(
        settings,
        examples,
        examples,
        folder.resolve(name + ".work"),
        folder.resolve(name),
        TrainingListener.NONE);
  }

  private static TrainingListener dyingAt(int step) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        if (report.step() == step) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  private static TrainingListener cancelledAfter(int step) {
    return new TrainingListener() {
      private long seen;

      @Override
      public void onStep(StepReport report) {
        seen = report.step();
      }

      @Override
      public boolean isCancelled() {
        return seen >= step;
      }
    };
  }
}
