package io.channelwise.bench.compression;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.dataset.Banking77;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.compression.CompressionReport;
import io.channelwise.bert.compression.CompressionReport.Row;
import io.channelwise.bert.compression.DistillationSettings;
import io.channelwise.bert.compression.Distiller;
import io.channelwise.bert.compression.Pruner;
import io.channelwise.bert.compression.PruningSettings;
import io.channelwise.bert.compression.PruningSettings.Kind;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * banking77: a minilm of six layers as it is, distilled into three, with a quarter and half of its
 * neurons removed, with half of its weights at zero, and in 8 bits. A teacher trained before is
 * used again.
 */
public final class CompressionBenchmark implements Benchmark {
  private static final List<Double> NEURONS = List.of(0.25, 0.5);
  private static final List<Double> WEIGHTS = List.of(0.5);
  private static final List<Double> HEADS = List.of(0.25);
  private static final int EXAMPLES = 256;

  @Override
  public String name() {
    return "compression";
  }

  @Override
  public String what() {
    return "accuracy, size and speed of distilled, pruned and 8-bit models, against their original";
  }

  @Override
  public String takes() {
    return "15 min; --full 25 min";
  }

  @Override
  public String repeats() {
    return "each model made once; speeds are medians of 3 passes";
  }

  @Override
  public void run(BenchContext context) {
    Split data = Banking77.read(context);
    int epochs = context.full() ? 5 : 3;
    TrainingSettings settings =
        TrainingSettings.builder().base("minilm").epochs(epochs).seed(context.seed()).build();
    Path work = context.work("compression");
    Path teacher = work.resolve("teacher-%d-epochs-seed-%d".formatted(epochs, context.seed()));
    if (!Files.isDirectory(teacher)) {
      context.say("training the teacher: %d epochs on %d texts", epochs, data.train().size());
      FineTuner.train(
          settings,
          data.train(),
          List.of(),
          work.resolve("teacher.work"),
          teacher,
          context.baseModels(),
          TrainingListener.NONE);
    }
    CompressionReport report = compress(context, settings, data, teacher, work.resolve("student"));
    context.say("%s", report.text());
    for (Row row : report.models()) {
      context.figures().tell("accuracy, " + row.name(), row.accuracy(), "");
      context.figures().tell("texts a second, " + row.name(), row.textsPerSecond(), "");
      context.figures().tell("size, " + row.name(), row.bytes() / 1e6, "MB");
    }
    Table eightBits = EightBits.table();
    Path onnx = context.work("onnx");
    EightBits.measure(context, "teacher", teacher, data.test(), onnx, eightBits);
    EightBits.measure(context, "student", work.resolve("student"), data.test(), onnx, eightBits);
    context.say("%s", EightBits.plan());
    context.say(eightBits);
  }

  private static CompressionReport compress(
      BenchContext context, TrainingSettings settings, Split data, Path teacher, Path student) {
    context.say("distilling into three layers");
    CompressionReport distilled =
        Distiller.distill(
            new DistillationSettings(3, 2, 0.5, settings),
            teacher,
            data.train(),
            List.of(),
            data.test(),
            student.resolveSibling("student.work"),
            student,
            TrainingListener.NONE);
    List<Row> rows = new ArrayList<>(distilled.models());
    List<String> remarks = new ArrayList<>(distilled.remarks());
    prune(context, settings, data, teacher, Kind.NEURONS, NEURONS, 0, rows, remarks);
    prune(context, settings, data, teacher, Kind.NEURONS, NEURONS, 1, rows, remarks);
    prune(context, settings, data, teacher, Kind.HEADS, HEADS, 0, rows, remarks);
    prune(context, settings, data, teacher, Kind.WEIGHTS, WEIGHTS, 0, rows, remarks);
    return new CompressionReport(rows, remarks.stream().distinct().toList());
  }

  private static void prune(
      BenchContext context,
      TrainingSettings settings,
      Split data,
      Path teacher,
      Kind kind,
      List<Double> amounts,
      int epochs,
      List<Row> rows,
      List<String> remarks) {
    context.say("pruning %s by %s, trained %d epochs after it", kind.key(), amounts, epochs);
    Path out = context.work("compression").resolve(kind.key() + "-" + epochs);
    CompressionReport report =
        Pruner.prune(
            new PruningSettings(kind, amounts, EXAMPLES, epochs, settings),
            teacher,
            data.train(),
            data.test(),
            out.resolveSibling(out.getFileName() + ".work"),
            out,
            TrainingListener.NONE);
    String after = epochs == 0 ? "" : " + " + epochs + " epoch";
    for (Row row : report.models().subList(1, report.models().size())) {
      rows.add(row.named(row.name() + after));
    }
    remarks.addAll(report.remarks());
  }
}
