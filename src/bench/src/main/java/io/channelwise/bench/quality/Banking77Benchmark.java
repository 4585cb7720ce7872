package io.channelwise.bench.quality;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.baseline.LogisticRegression;
import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bench.dataset.Banking77;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.evaluation.Calibrator;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.util.List;
import java.util.Locale;

/**
 * banking77 with the default recipe. The accuracy is of a model that learnt from all training
 * texts; the calibration is of a second model, whose temperature was fitted on a tenth of the
 * training texts that it had not seen. The test texts decide nothing.
 */
public final class Banking77Benchmark implements Benchmark {
  private static final double ACCURACY_MIN = 0.930;
  private static final double CALIBRATION_ERROR_MAX = 0.03;
  private static final double HELD_OUT = 0.1;

  @Override
  public String name() {
    return "banking77";
  }

  @Override
  public String what() {
    return "accuracy and calibration on 77 intents, minilm, against TF-IDF + logistic regression";
  }

  @Override
  public String takes() {
    return "15 min";
  }

  @Override
  public String repeats() {
    return "one training for the accuracy, one for the calibration";
  }

  @Override
  public void run(BenchContext context) {
    Split data = Banking77.read(context);
    Split held = data.holdOut(HELD_OUT, context.seed());
    TrainingSettings settings =
        TrainingSettings.builder()
            .base("minilm")
            .epochs(5)
            .batchSize(16)
            .learningRate(1e-4)
            .seed(context.seed())
            .build();
    TrainingResult full = FineTuning.train(context, "all-texts", settings, data.train(), List.of());
    Judgement ours = FineTuning.judge(full.model(), data.test());
    LogisticRegression peer = LogisticRegression.tuned(held.train(), held.dev(), Units.WORDS, true);
    Judgement theirs = peer.judge(data.test());
    context.figures().atLeast("accuracy", ours.evaluation().accuracy(), "", ACCURACY_MIN);
    context.figures().tell("macro F1", ours.evaluation().macroF1(), "");
    context.figures().tell("accuracy, Tribuo", theirs.evaluation().accuracy(), "");
    context.say("%s", Comparison.of(theirs, ours).sentence());
    calibrate(context, settings, held);
    say(context, ours, theirs, peer);
  }

  private static void calibrate(BenchContext context, TrainingSettings settings, Split held) {
    TrainingResult result =
        FineTuning.train(context, "nine-tenths", settings, held.train(), List.of());
    ClassEvaluation before =
        (ClassEvaluation) FineTuning.judge(result.model(), held.test()).evaluation();
    Calibration calibration = Calibrator.calibrate(result.model(), held.dev(), 0, "auto", 0);
    ClassEvaluation after =
        (ClassEvaluation) FineTuning.judge(result.model(), held.test()).evaluation();
    context.figures().tell("accuracy, nine tenths of the texts", after.accuracy(), "");
    context.figures().tell("calibration error before", before.calibrationError(), "");
    context.figures().tell("temperature", calibration.temperature(), "");
    context
        .figures()
        .atMost("calibration error after", after.calibrationError(), "", CALIBRATION_ERROR_MAX);
  }

  private static void say(
      BenchContext context, Judgement ours, Judgement theirs, LogisticRegression peer) {
    context.say(
        new Table("model", "accuracy", "from")
            .row("ours, minilm (22 M)", shown(ours), "this run")
            .row(
                "TF-IDF + logistic regression, Tribuo",
                shown(theirs),
                "this run, " + peer.settings())
            .row("BERT-base (110 M)", "0.931", "published")
            .row("all-MiniLM-L6, plain PyTorch", "0.933", "measured once, same recipe")
            .row("DistilBERT (66 M)", "0.925", "published"));
  }

  private static String shown(Judgement judgement) {
    return String.format(Locale.ROOT, "%.4f", judgement.evaluation().accuracy());
  }
}
