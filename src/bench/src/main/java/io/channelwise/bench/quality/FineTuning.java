package io.channelwise.bench.quality;

import io.channelwise.bench.BenchContext;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Example;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;

/** Trains as a user would, and says how it goes. Stateless. */
public final class FineTuning {
  private FineTuning() {}

  /**
   * Trains from the beginning, whatever an earlier run left.
   *
   * @param name of the model's folder
   * @param dev judged after every epoch; may be empty
   */
  public static TrainingResult train(
      BenchContext context,
      String name,
      TrainingSettings settings,
      List<Example> train,
      List<Example> dev) {
    Path folder = context.work(name);
    Path work = folder.resolve("work");
    FineTuner.forget(work);
    context.say(
        "training %s from %s: %d examples, %d epochs, batch %d, learning rate %s, seed %d",
        name,
        settings.base(),
        train.size(),
        settings.epochs(),
        settings.batchSize(),
        settings.learningRate(),
        settings.seed());
    TrainingResult result =
        FineTuner.train(
            settings,
            train,
            dev,
            work,
            folder.resolve("model"),
            context.baseModels(),
            new Progress(context));
    FineTuner.forget(work);
    context.say(
        "  %d steps in %.0f s, %.0f tokens/s",
        result.steps(), result.seconds(), result.tokensPerSecond());
    return result;
  }

  /** Judges a model with the calibration that lies beside it, if there is one. */
  public static Judgement judge(Path model, List<Example> examples) {
    try (Classifier classifier = Classifier.load(model)) {
      return Evaluator.judge(classifier, examples);
    }
  }

  /** Tells each epoch. */
  static final class Progress implements TrainingListener {
    private final BenchContext context;

    Progress(BenchContext context) {
      this.context = context;
    }

    @Override
    public void onEpoch(EpochReport report) {
      String dev =
          Double.isNaN(report.macroF1())
              ? ""
              : ", dev accuracy %.4f, macro F1 %.4f".formatted(report.accuracy(), report.macroF1());
      context.say(
          "  epoch %d of %d: loss %.4f%s",
          report.epoch(), report.epochs(), report.trainingLoss(), dev);
    }
  }
}
