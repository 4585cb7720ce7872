package io.channelwise.bench.speed;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bert.Example;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Trains for a number of steps and takes the time of each, without the first ones, in which memory
 * is claimed and code is compiled.
 *
 * @param stepSeconds of each counted step
 * @param batchSize texts a step
 * @param tokens of all counted steps, padding left out
 */
record TrainingPace(double[] stepSeconds, int batchSize, long tokens) {

  static TrainingPace measure(
      BenchContext context, TrainingSettings settings, List<Example> texts, int warmUp, int steps) {
    Path folder = context.work("pace");
    Path work = folder.resolve("work");
    FineTuner.forget(work);
    Watch watch = new Watch(warmUp, steps);
    try {
      FineTuner.train(
          settings, texts, List.of(), work, folder.resolve("model"), context.baseModels(), watch);
      throw new IllegalArgumentException(
          "The texts are enough for fewer than %d steps.".formatted(warmUp + steps));
    } catch (TrainingCancelledException e) {
      return new TrainingPace(watch.seconds, settings.batchSize(), watch.tokens);
    } finally {
      FineTuner.forget(work);
    }
  }

  /** Over all counted steps, long batches and short ones. */
  double examplesPerSecond() {
    return batchSize * stepSeconds.length / Arrays.stream(stepSeconds).sum();
  }

  Samples steps() {
    return new Samples(stepSeconds);
  }

  private static final class Watch implements TrainingListener {
    private final int warmUp;
    private final double[] seconds;
    private long last;
    private long tokens;
    private int done;

    Watch(int warmUp, int steps) {
      this.warmUp = warmUp;
      seconds = new double[steps];
    }

    @Override
    public void onStep(StepReport report) {
      long now = System.nanoTime();
      if (done >= warmUp && done - warmUp < seconds.length) {
        seconds[done - warmUp] = (now - last) / 1e9;
        tokens += report.tokens();
      }
      last = now;
      done++;
    }

    @Override
    public boolean isCancelled() {
      return done >= warmUp + seconds.length;
    }
  }
}
