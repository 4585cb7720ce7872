package io.channelwise.bench.speed;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.BenchmarkUnavailableException;
import io.channelwise.bench.measure.Duel;
import io.channelwise.bench.measure.PythonPeer;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.BaseModels;
import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tokens a second of the product's training loop against plain PyTorch in Python: same weights,
 * recipe, dropout, threads and batches without padding. Ours trains the rows of the word embedding
 * that the texts use; the peer trains all of them, as Hugging Face's Trainer does, and in a contest
 * of its own the same rows as ours. Our bf16 meets the peer in fp32, which tells what the switch
 * brings, and in bf16 (autocast).
 */
public final class TrainingSpeedBenchmark implements Benchmark {
  private static final double RATIO_MIN = 1.0;
  private static final int CLASSES = 77;
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 3;
  private static final int ROUND_TOKENS = 8_192;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  /** What is measured: a packaged model and the size of a batch. */
  private record Case(String base, int batchSize, int length) {
    String name() {
      return "%s %d x %d".formatted(base, batchSize, length);
    }

    int steps() {
      return Math.max(2, ROUND_TOKENS / (batchSize * length));
    }
  }

  /**
   * Who meets whom.
   *
   * @param ours precision of ours
   * @param peer precision of the peer
   * @param cut whether the peer has no other words than those in use, as ours
   * @param held whether ours must be as fast
   */
  private record Contest(Precision ours, Precision peer, boolean cut, boolean held) {
    String peerName() {
      return "%s, %s".formatted(peer.key(), cut ? "words in use" : "all words");
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("minilm", 16, 64),
          new Case("minilm", 32, 128),
          new Case("bge-small-zh", 16, 64),
          new Case("bge-small-zh", 32, 128));

  private static final List<Contest> CONTESTS =
      List.of(
          new Contest(Precision.FP32, Precision.FP32, false, true),
          new Contest(Precision.FP32, Precision.FP32, true, false),
          new Contest(Precision.BF16, Precision.FP32, false, false),
          new Contest(Precision.BF16, Precision.BF16, false, false));

  @Override
  public String name() {
    return "training-speed";
  }

  @Override
  public String what() {
    return "training tokens a second on the CPU, fp32 and bf16, against PyTorch in Python";
  }

  @Override
  public String takes() {
    return "9 min";
  }

  @Override
  public String repeats() {
    return Duel.plan(WARM_UPS, ROUNDS);
  }

  @Override
  public void run(BenchContext context) {
    List<Case> cases =
        CASES.stream().filter(one -> one.base().equals(context.base(one.base()))).toList();
    if (cases.isEmpty()) {
      throw new BenchmarkUnavailableException(
          "Base %s is not measured here; take --base minilm or --base bge-small-zh, or leave it out for both."
              .formatted(context.base("")));
    }
    context.say(
        "peer: PyTorch in Python; \"all words\": it trains the whole word embedding, \"words in use\": only the rows that the texts use, as ours does");
    Table table =
        new Table(
            "model, batch x length",
            "ours",
            "peer",
            "ours, tokens/s",
            "peer, tokens/s",
            "ratio (rounds)");
    for (Case measured : cases) {
      for (Contest contest : CONTESTS) {
        play(context, measured, contest, table);
      }
    }
    context.say(table);
  }

  private static void play(BenchContext context, Case measured, Contest contest, Table table) {
    String name =
        "%s, %s to peer in %s".formatted(measured.name(), contest.ours().key(), contest.peerName());
    Duel duel = duel(context, measured, contest, name);
    if (contest.held()) {
      context.figures().atLeast(name, duel.ratio(), "", RATIO_MIN);
    } else {
      context.figures().tell(name, duel.ratio(), "");
    }
    table.row(
        measured.name(),
        contest.ours().key(),
        contest.peerName(),
        rate(duel.ours().median()),
        rate(duel.peer().median()),
        duel.shownRatio());
  }

  private static Duel duel(BenchContext context, Case measured, Contest contest, String name) {
    Path base = BaseModels.resolve(measured.base(), context.baseModels());
    Path work = context.work("training-speed");
    int steps = measured.steps();
    int texts = (WARM_UPS + ROUNDS + 1) * steps * measured.batchSize();
    List<Example> examples =
        FullTexts.draw(base, texts, measured.length(), CLASSES, context.seed());
    double tokens = (double) steps * measured.batchSize() * measured.length();
    try (PythonPeer peer = peer(context, measured, contest, base, work);
        SteppedTraining ours =
            new SteppedTraining(
                settings(measured, contest.ours(), context.seed()),
                examples,
                work.resolve("run"),
                context.baseModels())) {
      Duel duel =
          Duel.run(
              WARM_UPS,
              ROUNDS,
              () -> tokens / ours.seconds(steps),
              () -> tokens / Double.parseDouble(peer.ask(Integer.toString(steps)).split(" ")[0]));
      String version = peer.ask("0").split(" ", 3)[2];
      context.say("%s (%s): %s", name, version, duel.shownRatio());
      return duel;
    }
  }

  private static PythonPeer peer(
      BenchContext context, Case measured, Contest contest, Path base, Path work) {
    return PythonPeer.start(
        "training_speed.py",
        work,
        Set.of("torch", "numpy"),
        Map.of("OMP_WAIT_POLICY", "PASSIVE"),
        List.of(
            base.toString(),
            Integer.toString(measured.batchSize()),
            Integer.toString(measured.length()),
            Integer.toString(CLASSES),
            Integer.toString(THREADS),
            contest.cut() ? Integer.toString(FullTexts.WORDS) : "all",
            contest.peer().key(),
            Long.toString(context.seed())));
  }

  private static TrainingSettings settings(Case measured, Precision precision, long seed) {
    return TrainingSettings.builder()
        .base(measured.base())
        .epochs(1)
        .batchSize(measured.batchSize())
        .maxLength(measured.length())
        .learningRate(1e-4)
        .precision(precision)
        .device("cpu")
        .threads(THREADS)
        .seed(seed)
        .build();
  }

  private static String rate(double tokensPerSecond) {
    return String.format(Locale.ROOT, "%.0f", tokensPerSecond);
  }
}
