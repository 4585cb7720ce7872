package io.channelwise.bench.speed;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Duel;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.Backend;
import io.channelwise.bert.BaseModels;
import io.channelwise.bert.Classifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Texts a second of a loaded classifier on the CPU, tokenisation included: the backend that it
 * chooses by itself against plain onnxruntime on the graph that PyTorch exported of the same
 * weights, and 8 bits against 32. Texts are as long as the model reads, so nothing is padded on
 * either side; all have the same number of threads.
 */
public final class InferenceBenchmark implements Benchmark {
  private static final double RATIO_MIN = 1;
  private static final double INT8_RATIO_MIN = 1.3;
  private static final int ROUNDS = 9;

  /** The first rounds of a process are compiled while they run. */
  private static final int WARM_UPS = 5;

  /** Tokens a round works on: about a second of a small model on two processors. */
  private static final int TOKENS_A_ROUND = 12_000;

  private static final int CALLS_MIN = 3;

  /** Of every contestant; by itself onnxruntime may take fewer than ours. */
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private static final int[] LENGTHS = {32, 128};
  private static final int[] BATCHES = {1, 32};

  private record Model(String name, String graph, List<String> words, String between) {}

  private static final List<Model> MODELS =
      List.of(
          new Model(
              "minilm",
              "/all-minilm-l6-v2.onnx",
              List.of("my", "card", "payment", "was", "declined", "abroad", "why", "refund", "the"),
              " "),
          new Model(
              "bge-small-zh",
              "/bge-small-zh-v1.5.onnx",
              List.of("我", "的", "订单", "还", "没有", "收到", "请", "退款", "谢谢", "为什么"),
              ""));

  @Override
  public String name() {
    return "inference";
  }

  @Override
  public String what() {
    return "texts/s on the CPU against plain onnxruntime, and 8 bits against 32";
  }

  @Override
  public String takes() {
    return "10 min";
  }

  @Override
  public String repeats() {
    return Duel.plan(WARM_UPS, ROUNDS);
  }

  @Override
  public void run(BenchContext context) {
    context.say("every contestant has %d threads", THREADS);
    Table table =
        new Table(
            "model", "batch", "tokens", "who", "texts/s", "p50, ms", "p95, ms", "ratio (rounds)");
    for (Model model : MODELS) {
      Path base = BaseModels.resolve(model.name(), context.baseModels());
      for (int length : LENGTHS) {
        Path folder = context.work(name()).resolve(model.name() + "-" + length);
        RandomHead.write(base, length, context.seed(), folder);
        for (int batch : BATCHES) {
          measure(context, model, folder, batch, length, table);
        }
      }
    }
    context.say(table);
  }

  private void measure(
      BenchContext context, Model model, Path folder, int batch, int length, Table table) {
    List<String> texts = texts(model, batch, length, context.seed());
    String shape = String.format(Locale.ROOT, "%s, %d × %d", model.name(), batch, length);
    int calls = Math.max(CALLS_MIN, TOKENS_A_ROUND / (batch * length));
    CallPace plainPace = new CallPace(texts, calls, WARM_UPS);
    CallPace ourPace = new CallPace(texts, calls, WARM_UPS);
    try (PlainOnnxRuntime plain = new PlainOnnxRuntime(model.graph(), folder, THREADS);
        Classifier ours = Classifier.load(folder, "cpu", THREADS, Backend.AUTO)) {
      Duel duel =
          Duel.run(
              WARM_UPS,
              ROUNDS,
              () -> ourPace.round(ours::predict),
              () -> plainPace.round(input -> plain.run(input, length)));
      row(table, model, batch, length, "plain onnxruntime", plainPace, duel.peer(), "");
      row(table, model, batch, length, "classifier, auto", ourPace, duel.ours(), duel.shownRatio());
      context.figures().atLeast(shape + ", to plain onnxruntime", duel.ratio(), "", RATIO_MIN);
    }
    CallPace wholePace = new CallPace(texts, calls, WARM_UPS);
    CallPace smallPace = new CallPace(texts, calls, WARM_UPS);
    try (Classifier whole = Classifier.load(folder, "cpu", THREADS, Backend.ONNX);
        Classifier small = Classifier.load(folder, "cpu", THREADS, Backend.ONNX_INT8)) {
      Duel duel =
          Duel.run(
              WARM_UPS,
              ROUNDS,
              () -> smallPace.round(small::predict),
              () -> wholePace.round(whole::predict));
      row(table, model, batch, length, "classifier, onnx", wholePace, duel.peer(), "");
      String ratio = duel.shownRatio();
      row(table, model, batch, length, "classifier, onnx-int8", smallPace, duel.ours(), ratio);
      context.figures().atLeast(shape + ", int8 to fp32", duel.ratio(), "", INT8_RATIO_MIN);
    }
    context.say("%s done", shape);
  }

  private static void row(
      Table table,
      Model model,
      int batch,
      int length,
      String who,
      CallPace pace,
      Samples rates,
      String ratio) {
    Samples calls = pace.milliseconds();
    table.row(
        model.name(),
        Integer.toString(batch),
        Integer.toString(length),
        who,
        String.format(Locale.ROOT, "%.1f", rates.median()),
        String.format(Locale.ROOT, "%.2f", calls.median()),
        String.format(Locale.ROOT, "%.2f", calls.p95()),
        ratio);
  }

  /** Texts of just so many words that they fill the length; all differ. */
  private static List<String> texts(Model model, int count, int length, long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      for (int w = 0; w < length; w++) {
        words.add(model.words().get(random.nextInt(model.words().size())));
      }
      texts.add(String.join(model.between(), words));
    }
    return texts;
  }
}
