package io.channelwise.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Prediction;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.evaluation.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunerTest {
  @TempDir Path folder;

  private static final List<Example> TICKETS = tickets();

  private static List<Example> tickets() {
    List<Example> result = new ArrayList<>();
    for (String thing : List.of("invoice", "payment", "charge", "refund of my last bill")) {
      result.add(new Example("I have a question about my " + thing, "billing"));
      result.add(new Example("The " + thing + " is wrong, please correct it", "billing"));
    }
    for (String thing : List.of("model", "endpoint", "batch job", "answer of the chat")) {
      result.add(new Example("The " + thing + " is slow since yesterday", "latency"));
      result.add(new Example("Why does the " + thing + " time out after a minute?", "latency"));
    }
    for (String thing : List.of("password", "API key", "account", "team seat")) {
      result.add(new Example("How do I reset the " + thing + "?", "access"));
      result.add(new Example("My " + thing + " no longer works after the login", "access"));
    }
    return result;
  }

  private static TrainingSettings tiny() {
    return TrainingSettings.builder()
        .base(TestModels.tiny().toString())
        .batchSize(5)
        .epochs(3)
        .logSteps(1)
        .threads(1)
        .device("cpu")
        .build();
  }

  @Test
  void shouldLearnOneBatchByHeart_whenTrainedFromPackagedWeights() throws IOException {
    TrainingSettings settings =
        TrainingSettings.builder()
            .base(TestModels.base("minilm").toString())
            .batchSize(TICKETS.size())
            .epochs(12)
            .learningRate(3e-4)
            .dropout(0)
            .build();
    Path out = folder.resolve("model");

    TrainingResult result =
        FineTuner.train(
            settings, TICKETS, TICKETS, folder.resolve("work"), out, TrainingListener.NONE);

    assertThat(result.finalLoss()).isLessThan(0.2);
    assertThat(result.evaluation().accuracy()).isEqualTo(1.0);
    assertThat(result.steps()).isEqualTo(12);
    assertThat(result.labels()).containsExactly("access", "billing", "latency");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.json",
              "model.safetensors",
              "tokenizer.json",
              "tokenizer_config.json",
              "metrics.json",
              "training.jsonl",
              "report.txt",
              "model-card.md");
    }
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.path("accuracy").asDouble()).isEqualTo(1.0);
    assertThat(metrics.path("dataset_sha256").asText()).hasSize(64);
    shouldAnswerAsEvaluated_whenLoadedAgain(out);
  }

  private static void shouldAnswerAsEvaluated_whenLoadedAgain(Path out) {
    assertThat(Evaluator.evaluate(out, TICKETS).accuracy()).isEqualTo(1.0);
    try (Classifier classifier = Classifier.load(out)) {
      List<Prediction> predictions =
          classifier.predict(List.of("My password does not work", "The bill is too high"));
      assertThat(predictions).extracting(Prediction::label).containsExactly("access", "billing");
      assertThat(predictions.get(0).scores().values().stream().mapToDouble(d -> d).sum())
          .isBetween(0.999999, 1.000001);
    }
  }

  @Test
  void shouldEndWithTheSameBits_whenCancelledAndResumedAtAnyStep() throws IOException {
    Path unbroken = folder.resolve("unbroken");
    FineTuner.train(
        tiny(), TICKETS, TICKETS, folder.resolve("w0"), unbroken, TrainingListener.NONE);

    // 5 steps an epoch: inside the first, at its end, inside the last.
    for (int stop : new int[] {2, 5, 13}) {
      Path work = folder.resolve("work" + stop);
      Path out = folder.resolve("out" + stop);
      assertThatThrownBy(
              () -> FineTuner.train(tiny(), TICKETS, TICKETS, work, out, new StopAfter(stop)))
          .isInstanceOf(TrainingCancelledException.class)
          .hasMessageContaining("step " + stop + " of 15");
      assertThat(out).doesNotExist();
      FineTuner.train(tiny(), TICKETS, TICKETS, work, out, TrainingListener.NONE);

      assertThat(out.resolve("model.safetensors"))
          .hasSameBinaryContentAs(unbroken.resolve("model.safetensors"));
      assertThat(losses(out)).isEqualTo(losses(unbroken)).hasSize(15);
    }
  }

  @Test
  void shouldGoOnFromTheLastCheckpoint_whenKilledWithoutWarning() throws IOException {
    Path unbroken = folder.resolve("unbroken");
    FineTuner.train(
        tiny(), TICKETS, TICKETS, folder.resolve("w0"), unbroken, TrainingListener.NONE);
    Path work = folder.resolve("work");
    Path out = folder.resolve("out");
    TrainingSettings saving = tiny().toBuilder().checkpointSteps(2).build();

    // An error out of the listener at step 8 stands for a kill: nothing is saved on the way out.
    TrainingListener dying =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() == 8) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(() -> FineTuner.train(saving, TICKETS, TICKETS, work, out, dying))
        .hasMessage("killed");
    List<Long> steps = new ArrayList<>();
    TrainingListener recording =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            steps.add(report.step());
          }
        };
    FineTuner.train(saving, TICKETS, TICKETS, work, out, recording);

    assertThat(steps.get(0)).isEqualTo(7);
    assertThat(out.resolve("model.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("model.safetensors"));
    assertThat(losses(out)).isEqualTo(losses(unbroken));
  }

  /** After the last step there are only the evaluation and the model's files. */
  @Test
  void shouldStop_whenCancelledInTheLastEvaluation() throws IOException {
    Path work = folder.resolve("work");
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () -> FineTuner.train(tiny(), TICKETS, TICKETS, work, out, new StopAfter(15)))
        .isInstanceOf(TrainingCancelledException.class)
        .hasMessageContaining("after step 15 of 15");
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny(), TICKETS, List.of(), work.resolve("2"), out, new StopAfter(15)))
        .isInstanceOf(TrainingCancelledException.class);
    assertThat(out).doesNotExist();
    Path unbroken = folder.resolve("unbroken");
    FineTuner.train(
        tiny(), TICKETS, TICKETS, folder.resolve("w0"), unbroken, TrainingListener.NONE);
    FineTuner.train(tiny(), TICKETS, TICKETS, work, out, TrainingListener.NONE);
    assertThat(out.resolve("model.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("model.safetensors"));
  }

  @Test
  void shouldSayThatThereAreNoScores_whenThereIsNoEvaluationData() throws IOException {
    train(TICKETS, List.of());
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("o/metrics.json").toFile());
    assertThat(metrics.path("accuracy").isNull()).isTrue();
    assertThat(metrics.path("macro_f1").isNull()).isTrue();
    assertThat(metrics.path("examples").asInt(-1)).isZero();
    assertThat(metrics.path("remark").asText()).isEqualTo("No evaluation data was given.");
  }

  /** What saves leave that were killed, gigabytes with a large model. */
  @Test
  void shouldClearAway_whatKilledSavesLeft() throws IOException {
    Path work = folder.resolve("work");
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny(), TICKETS, List.of(), work, folder.resolve("out"), new StopAfter(2)))
        .isInstanceOf(TrainingCancelledException.class);
    for (String left :
        List.of(
            ".checkpoint-0000000004.new-0123abcd",
            ".checkpoint-0000000001.gone-0123abcd",
            ".best-epoch-0001.old-0123abcd")) {
      Files.createDirectory(work.resolve(left));
      Files.writeString(work.resolve(left).resolve("tensors.safetensors"), "of that time");
    }
    Files.writeString(work.resolve(".training.jsonl.new-0123abcd"), "{");
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny(), TICKETS, List.of(), work, folder.resolve("out"), new StopAfter(0)))
        .isInstanceOf(TrainingCancelledException.class);
    assertThat(work.toFile().list())
        .containsExactlyInAnyOrder("checkpoint-0000000002", "best-epoch-0001", "training.jsonl");

    Files.createDirectory(work.resolve(".checkpoint-0000000004.new-0123abcd"));
    FineTuner.forget(work);
    assertThat(work).doesNotExist();
  }

  @Test
  void shouldRefuseACheckpoint_whenItBelongsToOtherSettings() {
    Path work = folder.resolve("work");
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () -> FineTuner.train(tiny(), TICKETS, List.of(), work, out, new StopAfter(2)))
        .isInstanceOf(TrainingCancelledException.class);

    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny().toBuilder().seed(1).build(),
                    TICKETS,
                    List.of(),
                    work,
                    out,
                    TrainingListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("belongs to another run: seed was 42 and is 1");
  }

  @Test
  void shouldTellWhatIsMissing_whenTheDataIsTooSmall() {
    List<Example> oneClass = TICKETS.stream().filter(e -> e.label().equals("access")).toList();
    assertThatThrownBy(() -> train(oneClass, List.of()))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("8 rows and 1 classes (access)");
    assertThatThrownBy(() -> train(TICKETS.subList(6, 10), List.of()))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("4 rows and 2 classes");
    assertThatThrownBy(() -> train(TICKETS, List.of(new Example("x", "weather"))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("{weather=1}");
  }

  @Test
  void shouldStop_whenTheLossIsNoNumber() {
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    tiny().toBuilder()
                        .learningRate(1)
                        .epochs(200)
                        .warmupShare(0)
                        .dropout(0.9)
                        .build(),
                    TICKETS,
                    List.of(),
                    folder.resolve("work"),
                    folder.resolve("out"),
                    TrainingListener.NONE))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("Try a learning rate below 1.0");
  }

  private void train(List<Example> train, List<Example> eval) {
    FineTuner.train(
        tiny(), train, eval, folder.resolve("w"), folder.resolve("o"), TrainingListener.NONE);
  }

  private static List<String> losses(Path model) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> result = new ArrayList<>();
    for (String line : Files.readAllLines(model.resolve("training.jsonl"))) {
      JsonNode node = json.readTree(line);
      result.add(node.get("step") + " " + node.get("loss") + " " + node.get("gradient_norm"));
    }
    return result;
  }

  /** Cancels before the step after the given one. */
  private static final class StopAfter implements TrainingListener {
    private final int last;
    private long seen;

    StopAfter(int last) {
      this.last = last;
    }

    @Override
    public void onStep(StepReport report) {
      seen = report.step();
    }

    @Override
    public boolean isCancelled() {
      return seen >= last;
    }
  }
}
