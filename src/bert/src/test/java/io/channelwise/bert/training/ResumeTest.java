package io.channelwise.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random settings, killed and cancelled at random steps: the model must have the same bits. */
class ResumeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldEndWithTheSameBits_whenStoppedAnywhere(long seed) {
    Random random = new Random(seed);
    TrainingSettings settings = settings(random);
    List<Example> train = examples(random, 30);
    List<Example> eval = examples(random, 12);
    Path unbroken = folder.resolve("unbroken");
    TrainingResult whole =
        FineTuner.train(
            settings, train, eval, folder.resolve("w0"), unbroken, TrainingListener.NONE);
    Path again = folder.resolve("again");
    FineTuner.train(settings, train, eval, folder.resolve("w1"), again, TrainingListener.NONE);

    Path out = folder.resolve("out");
    Path work = folder.resolve("work");
    int steps = (int) whole.steps();
    // Early stopping may end a run before its last step; the earliest it can is after two epochs.
    int stepsMin = settings.earlyStopping() > 0 ? 2 * steps / settings.epochs() : steps;
    int killed = 1 + random.nextInt(stepsMin - 1);
    Stopper killer = new Stopper(killed, true);
    assertThatThrownBy(() -> FineTuner.train(settings, train, eval, work, out, killer))
        .as("%s killed at %d of %d", settings, killed, steps)
        .hasMessage("killed");
    int cancelled = killed + random.nextInt(stepsMin - killed);
    Stopper canceller = new Stopper(cancelled, false);
    assertThatThrownBy(() -> FineTuner.train(settings, train, eval, work, out, canceller))
        .as("%s cancelled at %d of %d", settings, cancelled, steps)
        .isInstanceOf(TrainingCancelledException.class);
    assertThat(out).doesNotExist();
    TrainingResult resumed =
        FineTuner.train(settings, train, eval, work, out, TrainingListener.NONE);

    for (Path other : List.of(again, out)) {
      assertThat(other.resolve("model.safetensors"))
          .as("%s", settings)
          .hasSameBinaryContentAs(unbroken.resolve("model.safetensors"));
    }
    assertThat(resumed.finalLoss()).isEqualTo(whole.finalLoss());
    assertThat(resumed.evaluation().toJson()).isEqualTo(whole.evaluation().toJson());
  }

  private static TrainingSettings settings(Random random) {
    TrainingSettings.Builder builder =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .task(random.nextBoolean() ? Task.SEQUENCE : Task.MULTI_LABEL)
            .epochs(2 + random.nextInt(4))
            .batchSize(3 + random.nextInt(4))
            .accumulation(1 + random.nextInt(3))
            .learningRate(3e-3)
            .decay(pick(random, Decay.values()))
            .layerDecay(pick(random, 1.0, 0.8))
            .dropout(pick(random, 0.0, 0.2))
            .precision(pick(random, Precision.values()))
            .earlyStopping(random.nextInt(3))
            .checkpointSteps(1 + random.nextInt(3))
            .seed(random.nextLong())
            .logSteps(1)
            .threads(1)
            .device("cpu");
    switch (random.nextInt(4)) {
      case 0 -> builder.loraRank(2).loraTargets(pick(random, List.of("query"), List.of("dense")));
      case 1 -> builder.freeze(pick(random, "embeddings", "encoder", "1"));
      case 2 -> builder.fromScratch(true);
      default -> builder.labelSmoothing(0.1);
    }
    return builder.build();
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static List<Example> examples(Random random, int count) {
    List<List<String>> words =
        List.of(List.of("invoice", "bill", "charge"), List.of("slow", "late", "lag", "time out"));
    List<Example> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = i % 2;
      List<String> about = words.get(kind);
      String text = "the " + about.get(random.nextInt(about.size())) + " of today".repeat(i % 3);
      result.add(new Example(text, kind == 0 ? "billing" : "latency"));
    }
    return result;
  }

  /** Ends a training after a step: at once, as a kill does, or by asking it to stop. */
  private record Stopper(int after, boolean kills, long[] seen) implements TrainingListener {
    Stopper(int after, boolean kills) {
      this(after, kills, new long[1]);
    }

    @Override
    public void onStep(StepReport report) {
      seen[0] = report.step();
      if (kills && report.step() >= after) {
        // Nothing is saved on the way out of an error.
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public boolean isCancelled() {
      return !kills && seen[0] >= after;
    }
  }
}
