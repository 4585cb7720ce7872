package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.model.OutOfMemory;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The failures are PyTorch's own: more memory is asked of it than any machine has. */
class OutOfMemoryTest {
  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private final List<StepReport> reports = new ArrayList<>();
  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void onStep(StepReport report) {
          reports.add(report);
        }

        @Override
        public void onNotice(String message) {
          notices.add(message);
        }
      };

  private static void exhaustMemory() {
    try (NDManager manager = Torch.manager(Device.cpu())) {
      manager.zeros(new Shape(1L << 50));
    }
  }

  @Test
  void shouldKnowPyTorchsMessage_andNoOther() {
    assertThatThrownBy(OutOfMemoryTest::exhaustMemory).matches(OutOfMemory::causes);
    assertThat(OutOfMemory.causes(new IllegalStateException("CUDA out of memory. Tried to")))
        .isTrue();
    assertThat(
            OutOfMemory.causes(
                new IllegalStateException(
                    "x", new RuntimeException("CUBLAS_STATUS_ALLOC_FAILED when calling"))))
        .isTrue();
    assertThat(OutOfMemory.causes(new IllegalStateException("mat1 and mat2 cannot be multiplied")))
        .isFalse();
  }

  @Test
  void shouldEndWithTheSameModel_whenMemoryRunsOutOnTheWay() throws IOException {
    Map<String, float[]> whole = train("whole", run -> {});
    List<StepReport> expected = List.copyOf(reports);
    reports.clear();
    List<Integer> parts = new ArrayList<>();

    Map<String, float[]> halved =
        train(
            "halved",
            run ->
                run.around(
                    pass ->
                        (part, step) -> {
                          int tokens = pass.run(part, step);
                          parts.add(part.length);
                          // After the pass: its gradients must not count twice.
                          if (part.length > 2) {
                            exhaustMemory();
                          }
                          return tokens;
                        }));

    // A batch of 6 fails, one of 3 fails, parts of 2 go through for the rest of the run.
    assertThat(parts).startsWith(6, 3, 2, 2, 2, 2).endsWith(2);
    assertThat(parts.stream().filter(size -> size > 2)).hasSize(2);
    assertThat(notices).hasSize(2);
    assertThat(notices.get(0))
        .contains("out of memory at step 1: going on with 3 texts at once instead of 6");
    assertThat(Files.readString(folder.resolve("halved").resolve(TrainingLog.FILE)))
        .contains("\"notice\":\"out of memory at step 1");
    for (int i = 0; i < expected.size(); i++) {
      assertThat(reports.get(i).loss()).isEqualTo(expected.get(i).loss(), within(1e-4));
      assertThat(reports.get(i).tokens()).isEqualTo(expected.get(i).tokens());
    }
    whole.forEach(
        (name, values) ->
            assertThat(halved.get(name)).as(name).containsExactly(values, within(1e-4f)));
  }

  /** Sums of other parts round otherwise, so a resumed run must not try the whole again. */
  @Test
  void shouldGoOnWithTheSmallerParts_whenKilledRightAfter() throws IOException {
    List<Integer> parts = new ArrayList<>();
    assertThatThrownBy(
            () ->
                train(
                    "killed",
                    run ->
                        run.around(
                            pass ->
                                (part, step) -> {
                                  if (reports.size() == 2) {
                                    throw new IllegalStateException("killed");
                                  }
                                  if (reports.size() == 1 && part.length > 2) {
                                    exhaustMemory();
                                  }
                                  return pass.run(part, step);
                                })))
        .hasMessage("killed");
    train(
        "killed",
        run ->
            run.around(
                pass ->
                    (part, step) -> {
                      parts.add(part.length);
                      return pass.run(part, step);
                    }));
    // Saved when it shrank, in the second step: after a rehearsal, that is done again, and ten
    // more.
    assertThat(parts).hasSize(1 + 11 * 3).containsOnly(2);
    assertThat(reports.get(2).step()).isEqualTo(2);
    assertThat(reports.get(2).loss()).isEqualTo(reports.get(1).loss());
  }

  @Test
  void shouldSayWhatHelps_whenNotEvenOneTextFits() {
    assertThatThrownBy(
            () ->
                train(
                    "none",
                    run ->
                        run.around(
                            pass ->
                                (part, step) -> {
                                  exhaustMemory();
                                  return 0;
                                })))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("does not hold the training of a single text at step 1")
        .hasMessageContaining("--lora-rank");
    assertThat(notices).hasSize(3);
  }

  @Test
  void shouldRehearseTheLongestTexts_andLearnNothingFromIt() throws IOException {
    List<int[]> parts = new ArrayList<>();
    Map<String, float[]> rehearsed =
        train(
            "rehearsed",
            run ->
                run.around(
                    pass ->
                        (part, step) -> {
                          parts.add(part);
                          return pass.run(part, step);
                        }));
    // Odd ones say "today" as often as the rest of their division by five.
    assertThat(parts.get(0)).containsExactly(9, 19, 3, 13, 23, 7);

    parts.clear();
    Map<String, float[]> straight =
        train(
            "straight",
            run ->
                run.around(
                    pass ->
                        (part, step) -> {
                          parts.add(part);
                          return parts.size() == 1 ? 0 : pass.run(part, step);
                        }));
    assertThat(straight.keySet()).isEqualTo(rehearsed.keySet());
    rehearsed.forEach((name, values) -> assertThat(straight.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void shouldHoldNoMoreArrays_whenItTrainsAndJudgesOn() throws IOException {
    List<Integer> counts = new ArrayList<>();
    train(
        "memory",
        run ->
            run.around(
                pass ->
                    (part, step) -> {
                      var any = run.model().weights().values().iterator().next();
                      counts.add(any.getManager().getManagedArrays().size());
                      return pass.run(part, step);
                    }));
    // A rehearsal and three epochs of four steps, judged after each; operators are named at first.
    assertThat(counts).hasSize(13);
    assertThat(counts.subList(4, 13)).containsOnly(counts.get(4));
  }

  private Map<String, float[]> train(String name, Consumer<TrainingRun> change) throws IOException {
    TrainingSettings settings =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .batchSize(6)
            .epochs(3)
            .dropout(0)
            .learningRate(1e-3)
            .threads(1)
            .device("cpu")
            .build();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String text = i % 2 == 0 ? "the bill is wrong" : "it is slow" + " today".repeat(i % 5);
      examples.add(new Example(text, i % 2 == 0 ? "billing" : "latency"));
    }
    Path base = TestModels.tiny();
    BertConfig config =
        BertConfig.read(base)
            .withHead(Task.SEQUENCE, List.of("billing", "latency"), Pooling.MEAN, 16);
    TrainingData data;
    try (TextEncoder encoder = new TextEncoder(base)) {
      data =
          TrainingData.of(
              settings, config.labels(), examples, examples, encoder, 16, config.vocabSize());
    }
    Path work = Files.createDirectories(folder.resolve(name));
    try (TrainingRun run =
        new TrainingRun(
            settings,
            config,
            base,
            data,
            work,
            new RunIdentity(settings.identity(), Map.of()),
            Variation.NONE,
            listener)) {
      change.accept(run);
      run.run();
      Map<String, float[]> weights = new LinkedHashMap<>();
      run.model().weights().forEach((key, array) -> weights.put(key, array.toFloatArray()));
      return weights;
    }
  }
}
