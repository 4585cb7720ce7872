package io.channelwise.bench.quality;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.baseline.LogisticRegression;
import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.evaluation.Comparison;
import io.channelwise.bert.evaluation.Judgement;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.util.Locale;
import java.util.function.Function;

/**
 * Uneven classes of text pairs: our macro F1 must be above that of tuned TF-IDF and logistic
 * regression on the same texts by a margin worth the training.
 *
 * @param name as on the command line
 * @param what in one line
 * @param takes how long
 * @param data reads the data set
 * @param settings without seed
 * @param units the peer counts
 */
record PairBenchmark(
    String name,
    String what,
    String takes,
    Function<BenchContext, Split> data,
    TrainingSettings settings,
    Units units)
    implements Benchmark {
  private static final double MARGIN_MIN = 0.03;

  @Override
  public String repeats() {
    return "one training";
  }

  @Override
  public void run(BenchContext context) {
    Split split = data.apply(context);
    context.say(
        "%d examples to train on, %d to choose on, %d to test on",
        split.train().size(), split.dev().size(), split.test().size());
    LogisticRegression peer = LogisticRegression.tuned(split.train(), split.dev(), units, false);
    Judgement theirs = peer.judge(split.test());
    TrainingResult result =
        FineTuning.train(
            context,
            "model",
            settings.toBuilder().seed(context.seed()).build(),
            split.train(),
            split.dev());
    Judgement ours = FineTuning.judge(result.model(), split.test());
    context.say("%n%s", ours.evaluation().report());
    int texts = split.train().size();
    context.say("%s", Comparison.of(theirs, ours).sentence());
    context.say(
        new Table("model", "macro F1", "accuracy", "texts learnt from", "settings")
            .row(row("ours, " + settings.base(), ours, texts, "epochs " + settings.epochs()))
            .row(row("TF-IDF + logistic regression, Tribuo", theirs, texts, peer.settings())));
    double margin = ours.evaluation().macroF1() - theirs.evaluation().macroF1();
    context.figures().tell("macro F1", ours.evaluation().macroF1(), "");
    context.figures().tell("macro F1, Tribuo", theirs.evaluation().macroF1(), "");
    context.figures().atLeast("macro F1 above Tribuo's", margin, "", MARGIN_MIN);
  }

  private static String[] row(String model, Judgement judgement, int texts, String settings) {
    return new String[] {
      model,
      String.format(Locale.ROOT, "%.4f", judgement.evaluation().macroF1()),
      String.format(Locale.ROOT, "%.4f", judgement.evaluation().accuracy()),
      String.format(Locale.ROOT, "%,d", texts),
      settings
    };
  }
}
