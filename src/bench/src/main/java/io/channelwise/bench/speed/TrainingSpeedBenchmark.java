package io.channelwise.bench.speed;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Duel;
import io.channelwise.bench.measure.PythonPeer;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.BaseModels;
import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tokens a second of the product's training loop against plain PyTorch in Python: same weights,
 * recipe, dropout, threads and batches without padding. The peer trains the whole word embedding,
 * as Hugging Face's Trainer does; with {@code full} also one cut to the rows in use, as ours is.
 */
public final class TrainingSpeedBenchmark implements Benchmark {
  private static final double RATIO_MIN = 1.0;
  private static final int CLASSES = 77;
  private static final int ROWS = 2_500;
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 3;
  private static final int ROUND_TOKENS = 8_192;

  /** What is measured: a packaged model and the size of a batch. */
  private record Case(String base, int batchSize, int length) {
    String name() {
      return "%s %d x %d".formatted(base, batchSize, length);
    }

    int steps() {
      return Math.max(2, ROUND_TOKENS / (batchSize * length));
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("minilm", 16, 64),
          new Case("minilm", 32, 128),
          new Case("bge-small-zh", 16, 64),
          new Case("bge-small-zh", 32, 128));

  @Override
  public String name() {
    return "training-speed";
  }

  @Override
  public String what() {
    return "training tokens a second on the CPU, fp32 and bf16, against PyTorch in Python";
  }

  @Override
  public void run(BenchContext context) {
    Table table =
        new Table("model, batch x length", "peer tokens/s", "fp32", "ratio", "bf16", "ratio");
    for (Case measured : CASES) {
      if (!measured.base().equals(context.base(measured.base()))) {
        continue;
      }
      Duel fp32 = duel(context, measured, Precision.FP32, List.of());
      Duel bf16 = duel(context, measured, Precision.BF16, List.of());
      context.figures().atLeast(measured.name() + ", fp32 ratio", fp32.ratio(), "", RATIO_MIN);
      context.figures().tell(measured.name() + ", bf16 ratio", bf16.ratio(), "");
      if (context.full()) {
        Duel cut = duel(context, measured, Precision.FP32, List.of(Integer.toString(ROWS)));
        context.figures().tell(measured.name() + ", fp32 ratio, cut peer", cut.ratio(), "");
      }
      table.row(
          measured.name(),
          rate(fp32.peer().median()),
          rate(fp32.ours().median()),
          fp32.shownRatio(),
          rate(bf16.ours().median()),
          bf16.shownRatio());
      context.say("%s: fp32 %s, bf16 %s", measured.name(), fp32.shownRatio(), bf16.shownRatio());
    }
    context.say(table);
  }

  private static Duel duel(
      BenchContext context, Case measured, Precision precision, List<String> rows) {
    Path base = BaseModels.resolve(measured.base(), context.baseModels());
    int threads = Runtime.getRuntime().availableProcessors();
    Path work = context.work("training-speed");
    int steps = measured.steps();
    int texts = (WARM_UPS + ROUNDS + 1) * steps * measured.batchSize();
    List<Example> examples =
        FullTexts.draw(base, texts, measured.length(), CLASSES, context.seed());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                base.toString(),
                Integer.toString(measured.batchSize()),
                Integer.toString(measured.length()),
                Integer.toString(CLASSES),
                Integer.toString(threads)));
    arguments.addAll(rows);
    double tokens = (double) steps * measured.batchSize() * measured.length();
    try (PythonPeer peer =
            PythonPeer.start(
                "training_speed.py",
                work,
                Set.of("torch", "numpy"),
                Map.of("OMP_WAIT_POLICY", "PASSIVE"),
                arguments);
        SteppedTraining ours =
            new SteppedTraining(
                settings(measured, precision, threads, context.seed()),
                examples,
                work.resolve("run"),
                context.baseModels())) {
      return Duel.run(
          WARM_UPS,
          ROUNDS,
          () -> tokens / ours.seconds(steps),
          () -> tokens / Double.parseDouble(peer.ask(Integer.toString(steps)).split(" ")[0]));
    }
  }

  private static TrainingSettings settings(
      Case measured, Precision precision, int threads, long seed) {
    return TrainingSettings.builder()
        .base(measured.base())
        .epochs(1)
        .batchSize(measured.batchSize())
        .maxLength(measured.length())
        .learningRate(1e-4)
        .precision(precision)
        .device("cpu")
        .threads(threads)
        .seed(seed)
        .build();
  }

  private static String rate(double tokensPerSecond) {
    return String.format(Locale.ROOT, "%.0f", tokensPerSecond);
  }
}
