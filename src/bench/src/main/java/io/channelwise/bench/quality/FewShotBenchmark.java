package io.channelwise.bench.quality;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.baseline.LogisticRegression;
import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bench.dataset.Banking77;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.Example;
import io.channelwise.bert.training.FewShotResult;
import io.channelwise.bert.training.FewShotTuner;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * banking77 with ten texts a class, drawn anew for each seed. The peers learn from the same draws:
 * plain fine-tuning, and TF-IDF with logistic regression whose cost was chosen on a fifth of the
 * draw. The test texts decide nothing.
 */
public final class FewShotBenchmark implements Benchmark {
  private static final double ACCURACY_MIN = 0.82;
  private static final int TEXTS_A_CLASS = 10;
  private static final int DRAWS = 3;
  private static final int DRAWS_FULL = 5;
  private static final double HELD_OUT = 0.2;

  /** Twice the epochs that all data takes: 770 texts make few steps. */
  private static final int PLAIN_EPOCHS = 10;

  private record Draw(double ours, double plain, double words) {}

  @Override
  public String name() {
    return "few-shot";
  }

  @Override
  public String what() {
    return "banking77, ten texts a class, minilm, against fine-tuning and TF-IDF on the same draws";
  }

  @Override
  public String takes() {
    return "10 min; --full 15 min";
  }

  @Override
  public String repeats() {
    return "means of %d draws of texts; --full %d".formatted(DRAWS, DRAWS_FULL);
  }

  @Override
  public void run(BenchContext context) {
    Split data = Banking77.read(context);
    int count = context.full() ? DRAWS_FULL : DRAWS;
    Table table = new Table("seed", "few-shot", "plain fine-tuning", "TF-IDF, Tribuo");
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long seed = context.seed() + i;
      Draw draw = run(context, data.perClass(TEXTS_A_CLASS, seed), seed);
      draws.add(draw);
      table.row(Long.toString(seed), shown(draw.ours), shown(draw.plain), shown(draw.words));
    }
    double mean = draws.stream().mapToDouble(Draw::ours).average().orElseThrow();
    double plain = draws.stream().mapToDouble(Draw::plain).average().orElseThrow();
    double words = draws.stream().mapToDouble(Draw::words).average().orElseThrow();
    table.row("mean", shown(mean), shown(plain), shown(words));
    context.say(table);
    context.say("published, ten texts a class: 0.86 at best");
    context.figures().atLeast("accuracy, mean of the draws", mean, "", ACCURACY_MIN);
    context.figures().tell("above plain fine-tuning", mean - plain, "");
    context.figures().tell("above TF-IDF, Tribuo", mean - words, "");
  }

  private static Draw run(BenchContext context, Split draw, long seed) {
    FewShotResult ours = fewShot(context, draw, seed);
    TrainingSettings plain =
        TrainingSettings.builder().base("minilm").epochs(PLAIN_EPOCHS).seed(seed).build();
    TrainingResult fineTuned =
        FineTuning.train(context, "plain-" + seed, plain, draw.train(), List.of());
    Split chosenOn = draw.holdOut(HELD_OUT, seed);
    LogisticRegression words =
        LogisticRegression.tuned(chosenOn.train(), chosenOn.dev(), Units.WORDS, true);
    context.figures().tell("seconds, seed " + seed, ours.training().seconds(), "s");
    return new Draw(
        accuracy(ours.training().model(), draw.test()),
        accuracy(fineTuned.model(), draw.test()),
        words.judge(draw.test()).evaluation().accuracy());
  }

  private static FewShotResult fewShot(BenchContext context, Split draw, long seed) {
    Path folder = context.work("few-shot-" + seed);
    Path work = folder.resolve("work");
    FewShotTuner.forget(work);
    context.say("few-shot training, %d texts, seed %d", draw.train().size(), seed);
    FewShotResult result =
        FewShotTuner.train(
            FewShotTuner.defaults().toBuilder().base("minilm").seed(seed).build(),
            draw.train(),
            List.of(),
            work,
            folder.resolve("model"),
            context.baseModels(),
            new FineTuning.Progress(context));
    FewShotTuner.forget(work);
    context.say("%s  %.0f s", FewShotTuner.describe(result), result.training().seconds());
    return result;
  }

  private static double accuracy(Path model, List<Example> test) {
    return FineTuning.judge(model, test).evaluation().accuracy();
  }

  private static String shown(double accuracy) {
    return String.format(Locale.ROOT, "%.4f", accuracy);
  }
}
