package io.channelwise.bench.quality;

import io.channelwise.bench.Benchmark;
import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bench.dataset.Diaasq;
import io.channelwise.bench.dataset.WomensClothing;
import io.channelwise.bert.Task;
import io.channelwise.bert.TrainingSettings;

/** The benchmarks that differ by data and settings only. */
public final class QualityBenchmarks {
  /** Enough for a clear answer in minutes; all 18,641 take an hour on two cores. */
  private static final int CLOTHING_TRAIN = 4000;

  private QualityBenchmarks() {}

  /** Polarity of opinions in Chinese dialogues. */
  public static Benchmark diaasq() {
    return new PairBenchmark(
        "diaasq-zh",
        "polarity of opinions in Chinese, bge-small-zh, against TF-IDF + logistic regression",
        Diaasq::read,
        TrainingSettings.builder()
            .base("bge-small-zh")
            .task(Task.PAIR)
            .epochs(4)
            .learningRate(1e-4)
            .balancedClasses(true)
            .build(),
        Units.CHARACTERS);
  }

  /** Whether a customer recommends a piece of clothing. */
  public static Benchmark womensClothing() {
    return new PairBenchmark(
        "womens-clothing",
        "title + review to recommended or not, minilm, against TF-IDF + logistic regression",
        context ->
            WomensClothing.read(context, context.full() ? Integer.MAX_VALUE / 2 : CLOTHING_TRAIN),
        TrainingSettings.builder()
            .base("minilm")
            .task(Task.PAIR)
            .epochs(3)
            .learningRate(5e-5)
            .balancedClasses(true)
            .build(),
        Units.WORDS);
  }
}
