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

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Folder of checkpoints. Default: the --out folder's name with .work added.")
  private Path work;

  @Option(names = "--resume", description = "Go on from the checkpoint in the work folder.")
  private boolean resume;

  @Mixin private FewShotOption fewShot;

  @Override
  void run() {
    TrainingSettings settings = fewShot.settings(settings());
    List<Example> train = columns.read("training", trainFile, settings.task(), err());
    List<Example> eval =
        evalFile == null ? List.of() : columns.read("evaluation", evalFile, settings.task(), err());
    if (heldOut != null && evalFile == null) {
      HeldOut parts = HeldOut.split(train, heldOut, settings.seed());
      train = parts.train();
      eval = parts.eval();
      err().printf(Locale.ROOT, "%d of the examples are held out to judge by%n", eval.size());
    }
    DataOptions.remarkImbalance(err(), settings.task(), train, settings.balancedClasses());
    fewShot.hint(settings, train, err());
    Path workDir = workDir();
    requireResumeToBeMeant(workDir);

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
    if (settings.earlyStopping() > 0 && evalFile == null && heldOut == null) {
      throw new BertException(
          "Option --early-stopping needs --eval: it stops by the score on evaluation data. Add"
              + " --eval FILE, or leave --early-stopping out.");
    }
    return settings;
  }

  private Path workDir() {
    Path whole = out.toAbsolutePath().normalize();
    return work == null ? whole.resolveSibling(whole.getFileName() + ".work") : work;
  }

  private void requireResumeToBeMeant(Path workDir) {
    boolean there = fewShot.hasCheckpoint(workDir);
    if (there && !resume) {
      throw new BertException(
          "Folder %s holds the checkpoint of an earlier run. Add --resume to go on from it, or delete the folder."
              .formatted(workDir));
    }
    if (resume && !there) {
      throw new BertException(
          "There is nothing to resume: folder %s holds no checkpoint. Leave --resume out to start."
              .formatted(workDir));
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
