package io.channelwise.bench.compression;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.measure.Duel;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.Backend;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Example;
import io.channelwise.bert.compression.OnnxExporter;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.evaluation.Judgement;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Models in 8 bits beside themselves in 32, both in onnxruntime. Stateless. */
final class EightBits {
  private static final int TEXTS_MAX = 1024;
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 3;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private EightBits() {}

  /**
   * Judges and times a model in both forms, says what changed and adds a row each.
   *
   * @param name of the model in the table
   * @param model classifier of texts
   * @param test labelled texts; the first {@value #TEXTS_MAX} are timed
   * @param folder for the ONNX files
   */
  static void measure(
      BenchContext context, String name, Path model, List<Example> test, Path folder, Table table) {
    String small = name + ", 8 bits";
    long wholeBytes = OnnxExporter.export(model, folder.resolve(name + ".onnx"), false).bytes();
    long smallBytes = OnnxExporter.export(model, folder.resolve(name + "-int8.onnx"), true).bytes();
    List<String> texts = test.stream().limit(TEXTS_MAX).map(Example::text).toList();
    try (Classifier inWhole = Classifier.load(model, "cpu", THREADS, Backend.ONNX);
        Classifier inEight = Classifier.load(model, "cpu", THREADS, Backend.ONNX_INT8)) {
      Judgement before = Evaluator.judge(inWhole, test);
      Judgement after = Evaluator.judge(inEight, test);
      Duel duel =
          Duel.run(WARM_UPS, ROUNDS, () -> pace(inEight, texts), () -> pace(inWhole, texts));
      double wholeRate = duel.peer().median();
      double smallRate = duel.ours().median();
      table.row(row(name + ", 32 bits", before.evaluation(), wholeBytes, wholeRate, ""));
      table.row(row(small, after.evaluation(), smallBytes, smallRate, duel.shownRatio()));
      context.say("%s, 32 bits first: %s", name, Comparison.of(before, after).sentence());
      context.figures().tell("accuracy, " + small, after.evaluation().accuracy(), "");
      context.figures().tell("texts a second, " + small, smallRate, "");
      context.figures().tell("speed to 32 bits, " + small, duel.ratio(), "");
      context.figures().tell("size, " + small, smallBytes / 1e6, "MB");
    }
  }

  /** The table that {@link #measure} fills. */
  static Table table() {
    return new Table(
        "model in onnxruntime", "accuracy", "macro F1", "MB", "texts/s", "ratio (rounds)");
  }

  /** How it is timed, for people. */
  static String plan() {
    return "texts/s with %d threads, tokenisation included; %s"
        .formatted(THREADS, Duel.plan(WARM_UPS, ROUNDS));
  }

  private static double pace(Classifier classifier, List<String> texts) {
    long begin = System.nanoTime();
    classifier.predict(texts);
    return texts.size() / ((System.nanoTime() - begin) / 1e9);
  }

  private static String[] row(
      String name, Evaluation evaluation, long bytes, double rate, String ratio) {
    return new String[] {
      name,
      String.format(Locale.ROOT, "%.4f", evaluation.accuracy()),
      String.format(Locale.ROOT, "%.4f", evaluation.macroF1()),
      String.format(Locale.ROOT, "%.2f", bytes / 1e6),
      String.format(Locale.ROOT, "%.0f", rate),
      ratio
    };
  }
}
