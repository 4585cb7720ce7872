package io.channelwise.bench.quality;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bench.dataset.Diaasq;
import io.channelwise.bench.dataset.Entities;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bench.dataset.WomensClothing;
import io.channelwise.bert.Task;
import io.channelwise.bert.training.TrainingSettings;

/** The benchmarks that differ by data and settings only. */
public final class QualityBenchmarks {
  /** Enough for a clear answer in minutes. */
  private static final int CLOTHING_TRAIN = 3000;

  private QualityBenchmarks() {}

  /** Polarity of opinions in Chinese dialogues. */
  public static Benchmark diaasq() {
    return new PairBenchmark(
        "diaasq-zh",
        "polarity of opinions in Chinese, bge-small-zh, against TF-IDF + logistic regression",
        "4 min",
        Diaasq::read,
        TrainingSettings.builder()
            .base("bge-small-zh")
            .task(Task.PAIR)
            .epochs(2)
            .learningRate(1e-4)
            .balancedClasses(true)
            .build(),
        Units.CHARACTERS);
  }

  /** Whether a customer recommends a piece of clothing. */
  public static Benchmark womensClothing() {
    return new PairBenchmark(
        "womens-clothing",
        "title + review to recommended or not, minilm, against TF-IDF + logistic regression; part of the data",
        "5 min; --full 30 min",
        QualityBenchmarks::clothing,
        TrainingSettings.builder()
            .base("minilm")
            .task(Task.PAIR)
            .epochs(2)
            .learningRate(5e-5)
            .balancedClasses(true)
            .build(),
        Units.WORDS);
  }

  /** The first texts of the drawn split, or all; which share of the data that is stands in both. */
  static Split clothing(BenchContext context) {
    Split all = WomensClothing.read(context);
    int count = all.train().size();
    int taken = context.full() ? count : Math.min(count, CLOTHING_TRAIN);
    double share = (double) taken / count;
    context.say(
        "both learn from %,d of %,d training texts (%.0f %%)%s",
        taken, count, 100 * share, taken < count ? "; --full takes all" : "");
    context.figures().tell("share of the training texts", share, "");
    return new Split(all.train().subList(0, taken), all.dev(), all.test());
  }

  /** Emerging entities in English posts. */
  public static Benchmark wnut17() {
    return new EntityBenchmark(
        "wnut17",
        "emerging entities in English posts, minilm, against published figures",
        "4 min",
        Entities::wnut17,
        TrainingSettings.builder()
            .base("minilm")
            .task(Task.TOKENS)
            .epochs(5)
            .learningRate(1e-4)
            .build(),
        0.42,
        "BERT-small (29 M) 0.49, BERT-base (110 M) 0.40 to 0.51");
  }

  /** Persons, organisations and places in Chinese. */
  public static Benchmark unerChinese() {
    return new EntityBenchmark(
        "uner-zh",
        "persons, organisations and places in Chinese, bge-small-zh, against a figure of plain PyTorch",
        "4 min",
        Entities::unerChinese,
        TrainingSettings.builder()
            .base("bge-small-zh")
            .task(Task.TOKENS)
            .epochs(3)
            .learningRate(1e-4)
            .build(),
        0.76,
        "bge-small-zh in plain PyTorch 0.762, the same recipe, measured once");
  }
}
