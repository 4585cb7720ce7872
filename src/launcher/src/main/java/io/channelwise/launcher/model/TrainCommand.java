package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.HeldOut;
import io.channelwise.bert.training.FewShotTuner;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fine-tunes a BERT on labelled texts and writes a Hugging Face directory. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Fine-tune a BERT on labelled texts and write a Hugging Face directory.",
    footer = {
      "",
      "Examples:",
      "  ./channelwise train --base minilm --train train.csv --eval test.csv --out model",
      "  ./channelwise train --task pair --pair-column description --train train.csv --out model",
      "  ./channelwise train --task tokens --train train.conll --eval dev.conll --out model",
      "Stopped with Ctrl-C, it saves a checkpoint; the same command with --resume goes on from it."
    })
public final class TrainCommand extends ModelCommand {
  @Option(
      names = "--task",
      defaultValue = "sequence",
      paramLabel = "TASK",
      description =
          "What to learn: sequence (one label a text), pair (one label for two texts), multi-label"
              + " (any number of labels a text), tokens (a tag a word, from CoNLL columns)."
              + " Default: ${DEFAULT-VALUE}.")
  private String task;

  @Option(
      names = "--base",
      defaultValue = "minilm",
      paramLabel = "NAME|DIR",
      description =
          "Pretrained weights: bge-small-zh (Chinese), minilm (English), or a Hugging Face"
              + " directory of a BERT. Default: ${DEFAULT-VALUE}.")
  private String base;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "CSV with labelled texts; for tokens words and tags in CoNLL columns.")
  private Path trainFile;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "The same to judge the model on after every epoch.")
  private Path evalFile;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description =
          "Share of --train to judge by instead of --eval, above 0 and below 1; drawn by the seed,"
              + " the same of each class.")
  private Double heldOut;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the model; one of an earlier training is replaced.")
  private Path out;

  @Mixin private DataOptions columns = new DataOptions();

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private WorkOptions work = new WorkOptions();

  @Mixin private FewShotOption fewShot;

  @Override
  void run() {
    TrainingSettings settings = fewShot.settings(settings());
    List<Example> train = columns.read("training", trainFile, settings.task(), err());
    List<Example> eval = columns.read("evaluation", evalFile, settings.task(), err());
    if (heldOut != null) {
      HeldOut parts = HeldOut.split(train, heldOut, settings.seed());
      train = parts.train();
      eval = parts.eval();
      err().printf(Locale.ROOT, "%d of the examples are held out to judge by%n", eval.size());
    }
    DataOptions.remarkImbalance(err(), settings.task(), train, settings.balancedClasses());
    Path workDir = work.folder(out);
    work.requireResumeToBeMeant(fewShot.hasCheckpoint(workDir), workDir, "a checkpoint");
    fewShot.hint(settings, train, err());

    try (TrainingProgress progress = TrainingProgress.of(err())) {
      TrainingResult result =
          fewShot.train(settings, train, eval, workDir, out, baseModels(), progress, out());
      progress.close();
      FewShotTuner.forget(workDir);
      summarise(result);
    }
  }

  private TrainingSettings settings() {
    TrainingSettings settings = training.settings().task(Task.of(task)).base(base).build();
    requireOneJudge(evalFile, heldOut);
    if (settings.earlyStopping() > 0 && evalFile == null && heldOut == null) {
      throw new BertException(
          "Option --early-stopping needs --eval or --held-out: it stops by the score on evaluation"
              + " data. Add one of them, or leave --early-stopping out.");
    }
    return settings;
  }

  /** Refuses two sources of evaluation data: one of them would not be looked at. */
  static void requireOneJudge(Path evalFile, Double heldOut) {
    if (evalFile != null && heldOut != null) {
      throw new BertException(
          "Options --eval and --held-out both say what to judge by; leave one of them out.");
    }
  }

  private void summarise(TrainingResult result) {
    Task learnt = Task.of(task);
    DataOptions.remarkLong(out(), learnt, result.textsCut(), training.maxLength());
    if (result.evaluation() != null) {
      out()
          .printf(
              Locale.ROOT,
              "%s on %d %s%n",
              DataOptions.figures(result.evaluation()),
              result.evaluation().examples(),
              DataOptions.nouns(learnt));
    }
    out()
        .printf(
            Locale.ROOT,
            "%d steps in %.0f s, %.0f tokens/s, final loss %.4f%nmodel written to %s%n",
            result.steps(),
            result.seconds(),
            result.tokensPerSecond(),
            result.finalLoss(),
            result.model());
  }
}
