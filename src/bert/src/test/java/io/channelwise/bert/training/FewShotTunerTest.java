package io.channelwise.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.training.FewShotResult.Candidate;
import io.channelwise.bert.training.FewShotResult.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotTunerTest {
  @TempDir Path folder;

  private static final List<Example> TICKETS = tickets();

  private static List<Example> tickets() {
    List<Example> result = new ArrayList<>();
    for (String thing : List.of("invoice", "payment", "charge")) {
      result.add(new Example("I have a question about my " + thing, "billing"));
      result.add(new Example("The " + thing + " is wrong, please correct it", "billing"));
    }
    for (String thing : List.of("model", "endpoint", "batch job")) {
      result.add(new Example("The " + thing + " is slow since yesterday", "latency"));
      result.add(new Example("Why does the " + thing + " time out after a minute?", "latency"));
    }
    for (String thing : List.of("password", "API key")) {
      result.add(new Example("How do I reset the " + thing + "?", "access"));
      result.add(new Example("My " + thing + " no longer works after the login", "access"));
    }
    return result;
  }

  private static TrainingSettings tiny() {
    return FewShotTuner.defaults().toBuilder()
        .base(TestModels.tiny().toString())
        .epochs(3)
        .batchSize(8)
        .learningRate(1e-3)
        .logSteps(1)
        .threads(1)
        .device("cpu")
        .build();
  }

  private FewShotResult train(
      TrainingSettings settings, List<Example> train, String name, TrainingListener listener) {
    return FewShotTuner.train(
        settings,
        train,
        train,
        folder.resolve(name + ".work"),
        folder.resolve(name),
        folder.resolve("base-models"),
        listener);
  }

  @Test
  void shouldWriteAModelLikeAnyOther_whenTrainedOnFewExamples() throws IOException {
    FewShotResult result = train(tiny(), TICKETS, "model", TrainingListener.NONE);

    Path model = result.training().model();
    try (Stream<Path> files = Files.list(model)) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .contains("config.json", "model.safetensors", "tokenizer.json", "training.jsonl");
    }
    assertThat(result.folds()).isEqualTo(3);
    assertThat(result.candidates())
        .extracting(Candidate::encoder)
        .contains(Encoder.FROZEN, Encoder.TUNED);
    assertThat(result.candidates()).contains(result.chosen());
    // What the head was trained on and what the exported model computes are the same numbers.
    try (Classifier classifier = Classifier.load(model)) {
      double loss =
          TICKETS.stream()
              .mapToDouble(
                  e ->
                      -Math.log(
                          classifier.predict(List.of(e.text())).get(0).scores().get(e.label())))
              .average()
              .orElseThrow();
      assertThat(loss).isCloseTo(result.training().finalLoss(), within(1e-4));
    }
  }

  @Test
  void shouldSayWhatWasTriedAndChosen_whenFilesAreWritten() throws IOException {
    FewShotResult result = train(tiny(), TICKETS, "model", TrainingListener.NONE);

    Path model = result.training().model();
    JsonNode told = new ObjectMapper().readTree(model.resolve("metrics.json").toFile());
    JsonNode chosen = told.path("few_shot").path("chosen");
    assertThat(chosen.path("encoder").asText())
        .isEqualTo(result.chosen().encoder().name().toLowerCase(java.util.Locale.ROOT));
    assertThat(chosen.path("accuracy").asDouble()).isEqualTo(result.chosen().accuracy());
    assertThat(told.path("few_shot").path("candidates")).hasSize(result.candidates().size());
    assertThat(model.resolve("report.txt"))
        .content()
        .contains(FewShotTuner.describe(result))
        .contains("3-fold cross-validation", "frozen", "tuned");
    assertThat(model.resolve("model-card.md"))
        .content()
        .contains("## Little data", "3-fold cross-validation");
  }

  @Test
  void shouldEndWithTheSameBits_whenKilledAtAnyStepAndStartedAgain() throws IOException {
    Path unbroken = train(tiny(), TICKETS, "unbroken", TrainingListener.NONE).training().model();
    long steps = Files.readAllLines(unbroken.resolve("training.jsonl")).size();
    // 6 steps a fold: inside the first, at its end, inside the third, in the last tuning or fold.
    for (long stop : new long[] {2, 6, 15, steps}) {
      String name = "killed" + stop;
      List<Long> seen = new ArrayList<>();
      assertThatThrownBy(() -> train(tiny(), TICKETS, name, new Dying(stop))).hasMessage("killed");
      Path model = train(tiny(), TICKETS, name, new Recording(seen)).training().model();

      assertThat(model.resolve("model.safetensors"))
          .hasSameBinaryContentAs(unbroken.resolve("model.safetensors"));
      assertThat(losses(model)).isEqualTo(losses(unbroken));
      assertThat(seen.get(0)).isEqualTo(1 + 6 * Math.min(3, (stop - 1) / 6));
    }
  }

  @Test
  void shouldStopWithinAStep_whenCancelled() {
    List<Long> seen = new ArrayList<>();
    TrainingListener cancelling =
        new Recording(seen) {
          @Override
          public boolean isCancelled() {
            return seen.size() == 8;
          }
        };

    assertThatThrownBy(() -> train(tiny(), TICKETS, "cancelled", cancelling))
        .isInstanceOf(TrainingCancelledException.class)
        .hasMessageContaining("step 8 of 24");
    assertThat(seen).hasSize(8);
    assertThat(folder.resolve("cancelled")).doesNotExist();
    assertThat(FewShotTuner.hasCheckpoint(folder.resolve("cancelled.work"))).isTrue();
    assertThatThrownBy(
            () ->
                train(
                    tiny().toBuilder().seed(7).build(),
                    TICKETS,
                    "cancelled",
                    TrainingListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("other settings or data");
    FewShotTuner.forget(folder.resolve("cancelled.work"));
    assertThat(folder.resolve("cancelled.work")).doesNotExist();
  }

  /** After the last step there are only heads, the evaluation and the model's files. */
  @Test
  void shouldStop_whenCancelledAfterTheLastStep() {
    List<Long> seen = new ArrayList<>();
    TrainingListener cancelling =
        new Recording(seen) {
          @Override
          public boolean isCancelled() {
            return seen.size() == 18;
          }
        };
    assertThatThrownBy(() -> train(tiny(), TICKETS, "cancelled", cancelling))
        .isInstanceOf(TrainingCancelledException.class)
        .hasMessageContaining("step 18 of 24");
    assertThat(folder.resolve("cancelled")).doesNotExist();
  }

  /** Vectors of another base say nothing of this one. */
  @Test
  void shouldRefuseFoldsOfOtherWeights_whenTheBaseHasChanged() throws IOException {
    Path base = folder.resolve("base");
    Files.createDirectory(base);
    for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(TestModels.tiny().resolve(file), base.resolve(file));
    }
    TrainingSettings settings = tiny().toBuilder().base(base.toString()).build();
    assertThatThrownBy(() -> train(settings, TICKETS, "changed", new Dying(8)))
        .hasMessage("killed");
    byte[] weights = Files.readAllBytes(base.resolve("model.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(base.resolve("model.safetensors"), weights);
    assertThatThrownBy(() -> train(settings, TICKETS, "changed", TrainingListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("base weights was ");
  }

  @Test
  void shouldLearnPairs_whenThereAreTwoTexts() {
    List<Example> pairs =
        TICKETS.stream().map(e -> Example.pair("Ticket", e.text(), e.label())).toList();

    FewShotResult result =
        train(
            tiny().toBuilder().task(Task.PAIR).epochs(1).build(),
            pairs,
            "pairs",
            TrainingListener.NONE);

    assertThat(BertConfig.read(result.training().model()).task()).isEqualTo(Task.PAIR);
    // Always naming the commonest class would reach 6 of 16.
    assertThat(result.training().evaluation().accuracy()).isGreaterThan(0.5);
    assertThat(Evaluator.evaluate(result.training().model(), pairs).accuracy())
        .isEqualTo(result.training().evaluation().accuracy());
  }

  @Test
  void shouldTellWhatIsMissing_whenItCannotBeDone() {
    assertThatThrownBy(() -> train(tiny(), TICKETS.subList(0, 6), "few", TrainingListener.NONE))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("6 rows and 1 classes (billing)");
    List<Example> lonely = new ArrayList<>(TICKETS);
    lonely.add(new Example("Will it rain?", "weather"));
    assertThatThrownBy(() -> train(tiny(), lonely, "few", TrainingListener.NONE))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("2 examples of every class; there is one only of weather");
    TrainingSettings several = tiny().toBuilder().task(Task.MULTI_LABEL).build();
    assertThatThrownBy(() -> train(several, TICKETS, "few", TrainingListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("does not do the task multi-label");
    TrainingSettings smoothed = tiny().toBuilder().labelSmoothing(0.1).build();
    assertThatThrownBy(() -> train(smoothed, TICKETS, "few", TrainingListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("does not know the setting label smoothing");
    assertThat(FewShotTuner.rarestClass(lonely)).isEqualTo(1);
    assertThat(FewShotTuner.rarestClass(List.of())).isZero();
  }

  private static List<String> losses(Path model) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> result = new ArrayList<>();
    for (String line : Files.readAllLines(model.resolve("training.jsonl"))) {
      JsonNode node = json.readTree(line);
      result.add(node.get("step") + " " + node.get("epoch") + " " + node.get("loss"));
    }
    return result;
  }

  /** An error out of the listener stands for a kill: nothing is saved on the way out. */
  private record Dying(long at) implements TrainingListener {
    @Override
    public void onStep(StepReport report) {
      if (report.step() == at) {
        throw new IllegalStateException("killed");
      }
    }
  }

  private static class Recording implements TrainingListener {
    private final List<Long> steps;

    Recording(List<Long> steps) {
      this.steps = steps;
    }

    @Override
    public void onStep(StepReport report) {
      steps.add(report.step());
    }
  }
}
