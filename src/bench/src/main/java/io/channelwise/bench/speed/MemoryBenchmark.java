package io.channelwise.bench.speed;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.dataset.Banking77;
import io.channelwise.bench.measure.Machine;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.Example;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a long training of minilm on texts of all lengths keeps its memory. Resident is what is
 * left when the training stands between two steps and has given free memory back, as it does every
 * 100 steps; peak is the most since the row above, reached within a step of long texts.
 */
public final class MemoryBenchmark implements Benchmark {
  private static final double CHANGE_MAX = 0.03;
  private static final int BATCH_SIZE = 16;
  private static final List<Integer> STEPS = List.of(100, 500, 1000, 1500, 2000);
  private static final double BYTES_A_MEBIBYTE = 1 << 20;
  private static final long PAUSE_NANOS = 500_000_000;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String what() {
    return "resident memory from step 100 to step 2,000 of a training";
  }

  @Override
  public String takes() {
    return "5 min";
  }

  @Override
  public String repeats() {
    return "one training";
  }

  @Override
  public void run(BenchContext context) {
    List<Example> texts = Banking77.read(context).train();
    int last = STEPS.get(STEPS.size() - 1);
    int epochs = last * BATCH_SIZE / texts.size() + 1;
    Path work = context.work("memory");
    TrainingSettings settings =
        TrainingSettings.builder()
            .base("minilm")
            .epochs(epochs)
            .batchSize(BATCH_SIZE)
            .learningRate(1e-4)
            .seed(context.seed())
            .build();
    Map<Integer, Double> resident = new TreeMap<>();
    Map<Integer, Double> peak = new TreeMap<>();
    long pid = ProcessHandle.current().pid();
    try (SteppedTraining training =
        new SteppedTraining(settings, texts, work.resolve("run"), context.baseModels())) {
      int done = 0;
      for (int step : STEPS) {
        training.seconds(step - done);
        done = step;
        training.settle();
        peak.put(step, Machine.takePeakResidentBytes(pid) / BYTES_A_MEBIBYTE);
        resident.put(step, resident(pid));
      }
    }
    Table table = new Table("step", "resident MiB", "change since step 100", "peak MiB");
    double first = resident.get(STEPS.get(0));
    double worst = 0;
    for (Map.Entry<Integer, Double> entry : resident.entrySet()) {
      double change = entry.getValue() / first - 1;
      worst = Math.max(worst, Math.abs(change));
      table.row(
          entry.getKey().toString(),
          "%.0f".formatted(entry.getValue()),
          "%+.2f %%".formatted(100 * change),
          "%.0f".formatted(peak.get(entry.getKey())));
    }
    context.say(table);
    context.figures().atMost("largest change", worst, "", CHANGE_MAX);
  }

  /** Without what the collector would free: Java's heap may hold garbage, PyTorch's may not. */
  private static double resident(long pid) {
    System.gc();
    // The collector gives pages back beside the program, for up to a second.
    long before = Long.MAX_VALUE;
    long now = Machine.residentBytes(pid);
    while (now < before) {
      LockSupport.parkNanos(PAUSE_NANOS);
      before = now;
      now = Machine.residentBytes(pid);
    }
    return now / BYTES_A_MEBIBYTE;
  }
}
