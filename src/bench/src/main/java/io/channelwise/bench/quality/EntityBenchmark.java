package io.channelwise.bench.quality;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.dataset.Split;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.util.function.Function;

/**
 * Entities in sentences: F1 over whole entities on the official test part, as seqeval counts them,
 * against published figures.
 *
 * @param name as on the command line
 * @param what in one line
 * @param takes how long
 * @param data reads the data set
 * @param settings without seed
 * @param f1Min the bar
 * @param published what others reached, in one line
 */
record EntityBenchmark(
    String name,
    String what,
    String takes,
    Function<BenchContext, Split> data,
    TrainingSettings settings,
    double f1Min,
    String published)
    implements Benchmark {

  @Override
  public String repeats() {
    return "one training";
  }

  @Override
  public void run(BenchContext context) {
    Split split = data.apply(context);
    context.say(
        "%d sentences to train on, %d to choose on, %d to test on",
        split.train().size(), split.dev().size(), split.test().size());
    TrainingResult result =
        FineTuning.train(
            context,
            "model",
            settings.toBuilder().seed(context.seed()).build(),
            split.train(),
            split.dev());
    EntityEvaluation test = (EntityEvaluation) Evaluator.evaluate(result.model(), split.test());
    context.say("%n%s", test.report());
    context.say("%s", test.summary());
    context.say("others: %s", published);
    context.figures().atLeast("entity F1", test.microF1(), "", f1Min);
    context.figures().tell("precision", test.precision(), "");
    context.figures().tell("recall", test.recall(), "");
    context.figures().tell("macro F1 of the kinds", test.macroF1(), "");
  }
}
