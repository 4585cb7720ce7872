package io.channelwise.bench.speed;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.dataset.Banking77;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bench.measure.Duel;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bench.measure.Table;
import io.channelwise.bench.quality.FineTuning;
import io.channelwise.bert.Example;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What padding costs on real texts: batches of like length, padded to their longest, against the
 * usual recipe, batches drawn at random and every text padded to 128 tokens. Same code, model, data
 * and settings otherwise. First the speed in turns, then what both learn in the same number of
 * steps.
 */
public final class RealTextsBenchmark implements Benchmark {
  private static final double RATIO_MIN = 3;
  private static final double ACCURACY_LOSS_MAX = 0.01;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 8;

  /** Batches differ in length, so that more of ours make one round. */
  private static final int OUR_STEPS = 120;

  private static final int PADDED_STEPS = 20;
  private static final int CLASSES = 10;
  private static final int EPOCHS = 2;

  private final List<Double> ourSteps = new ArrayList<>();
  private final List<Double> paddedSteps = new ArrayList<>();

  @Override
  public String name() {
    return "real-texts";
  }

  @Override
  public String what() {
    return "training on banking77: like lengths together, against every text padded to 128";
  }

  @Override
  public String takes() {
    return "5 min; --full 45 min";
  }

  @Override
  public String repeats() {
    return Duel.plan(0, ROUNDS) + "; one training each for what they learn";
  }

  @Override
  public void run(BenchContext context) {
    Split data = Banking77.read(context);
    TrainingSettings ours =
        TrainingSettings.builder().base("minilm").maxLength(128).seed(context.seed()).build();
    TrainingSettings padded = ours.toBuilder().padded(true).build();
    speed(context, data.train(), ours, padded);
    accuracy(context, data, ours, padded);
  }

  private void speed(
      BenchContext context, List<Example> texts, TrainingSettings ours, TrainingSettings padded) {
    Duel duel =
        Duel.run(
            0,
            ROUNDS,
            () -> pace(context, texts, ours, OUR_STEPS, ourSteps),
            () -> pace(context, texts, padded, PADDED_STEPS, paddedSteps));
    context.say(
        new Table("recipe", "examples/s", "spread", "step p50, ms", "step p95, ms")
            .row(row("like lengths, padded to the longest", duel.ours(), ourSteps))
            .row(row("random batches, padded to 128", duel.peer(), paddedSteps)));
    context.say("ratio %s", duel.shownRatio());
    context.figures().tell("examples/s", duel.ours().median(), "");
    context.figures().tell("examples/s, padded to 128", duel.peer().median(), "");
    context.figures().atLeast("ratio", duel.ratio(), "", RATIO_MIN);
  }

  private static double pace(
      BenchContext context,
      List<Example> texts,
      TrainingSettings settings,
      int steps,
      List<Double> seconds) {
    TrainingPace pace = TrainingPace.measure(context, settings, texts, WARM_UP, steps);
    for (double step : pace.steps().values()) {
      seconds.add(step);
    }
    return pace.examplesPerSecond();
  }

  private static String[] row(String recipe, Samples rounds, List<Double> seconds) {
    Samples steps = new Samples(seconds.stream().mapToDouble(s -> 1000 * s).toArray());
    return new String[] {
      recipe,
      String.format(Locale.ROOT, "%.1f", rounds.median()),
      String.format(Locale.ROOT, "%.1f %%", 100 * rounds.spread()),
      String.format(Locale.ROOT, "%.0f", steps.median()),
      String.format(Locale.ROOT, "%.0f", steps.p95())
    };
  }

  private static void accuracy(
      BenchContext context, Split data, TrainingSettings ours, TrainingSettings padded) {
    Split part = context.full() ? data : firstClasses(data);
    int epochs = context.full() ? ours.epochs() : EPOCHS;
    context.say(
        "both learn from %,d of %,d training texts, %d epochs%s",
        part.train().size(),
        data.train().size(),
        epochs,
        context.full() ? "" : ": the first %d of 77 classes; --full takes all".formatted(CLASSES));
    Judgement one = learn(context, "like-lengths", ours, epochs, part);
    Judgement two = learn(context, "padded", padded, epochs, part);
    double difference = one.evaluation().accuracy() - two.evaluation().accuracy();
    context.say("%s", Comparison.of(two, one).sentence());
    context.figures().tell("accuracy", one.evaluation().accuracy(), "");
    context.figures().tell("accuracy, padded to 128", two.evaluation().accuracy(), "");
    context.figures().atLeast("accuracy above the padded", difference, "", -ACCURACY_LOSS_MAX);
  }

  private static Judgement learn(
      BenchContext context, String name, TrainingSettings settings, int epochs, Split data) {
    TrainingSettings chosen = settings.toBuilder().epochs(epochs).build();
    TrainingResult result = FineTuning.train(context, name, chosen, data.train(), List.of());
    return FineTuning.judge(result.model(), data.test());
  }

  private static Split firstClasses(Split data) {
    Set<String> labels =
        Set.copyOf(
            new TreeSet<>(data.train().stream().map(Example::label).toList())
                .stream().limit(CLASSES).toList());
    return new Split(only(data.train(), labels), List.of(), only(data.test(), labels));
  }

  private static List<Example> only(List<Example> examples, Set<String> labels) {
    return examples.stream().filter(example -> labels.contains(example.label())).toList();
  }
}
