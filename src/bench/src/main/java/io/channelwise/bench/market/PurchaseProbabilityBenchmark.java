package io.channelwise.bench.market;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Table;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.probability.Evaluation;
import io.channelwise.probability.PurchaseModel;
import java.util.Locale;
import java.util.Set;

/** Purchase probability on the published split of the UCI Online Shoppers sessions. */
public final class PurchaseProbabilityBenchmark implements Benchmark {
  private static final String SOURCE =
      "https://github.com/UBC-MDS/Online-Shoppers-Purchasing-Intention-Prediction";
  private static final double ACCURACY_MIN = 0.89;
  private static final double ACCURACY_PUBLISHED = 0.876;
  private static final int RESAMPLES = 1000;
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "purchase-probability";
  }

  @Override
  public String what() {
    return "accuracy on online shoppers' published split; its logistic regression has %.3f"
        .formatted(ACCURACY_PUBLISHED);
  }

  @Override
  public String takes() {
    return "10 s";
  }

  @Override
  public String repeats() {
    return "one training; intervals from %d resamples of the test rows".formatted(RESAMPLES);
  }

  @Override
  public void run(BenchContext context) {
    BehaviourTable train = part(context, "train");
    BehaviourTable test = part(context, "test");
    long start = System.nanoTime();
    PurchaseModel model =
        PurchaseModel.train(train, PurchaseModel.Settings.DEFAULT.withSeed(context.seed()));
    double seconds = (System.nanoTime() - start) / NANOS;
    Table compared = new Table("by cross-validation", "log loss", "accuracy", "AUC");
    for (PurchaseModel.Candidate candidate : model.candidates()) {
      compared.row(
          candidate.kind().label().en(),
          text(candidate.judged().logLoss().value()),
          text(candidate.judged().accuracy().value()),
          text(candidate.judged().auc().value()));
    }
    context.say(compared);
    Evaluation judged = model.evaluate(test, RESAMPLES, context.seed());
    context.say(
        "%s taught on %d sessions, judged on %d others",
        model.chosen().label().en(), train.size(), test.size());
    Table table = new Table("on the test rows", "value", "low", "high");
    row(table, "accuracy", judged.accuracy());
    row(table, "AUC", judged.auc());
    row(table, "log loss", judged.logLoss());
    row(table, "Brier score", judged.brier());
    row(table, "calibration error", judged.calibrationError());
    context.say(table);
    context.figures().atLeast("accuracy", judged.accuracy().value(), "", ACCURACY_MIN);
    context.figures().tell("accuracy of the majority", judged.majority(), "");
    context
        .figures()
        .tell("accuracy above the published", judged.accuracy().value() - ACCURACY_PUBLISHED, "");
    context.figures().tell("AUC", judged.auc().value(), "");
    context.figures().tell("log loss", judged.logLoss().value(), "");
    context.figures().tell("Brier score", judged.brier().value(), "");
    context.figures().tell("calibration error", judged.calibrationError().value(), "");
    context.figures().tell("cross-validation and training", seconds, "s");
  }

  private static BehaviourTable part(BenchContext context, String part) {
    return BehaviourTable.read(
        context.data("online-shoppers/ubc_%s_df.csv".formatted(part), SOURCE), "Revenue", Set.of());
  }

  private static void row(Table table, String name, Evaluation.Measure measure) {
    table.row(name, text(measure.value()), text(measure.low()), text(measure.high()));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
