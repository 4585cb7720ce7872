package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.FewShotTuner;
import io.channelwise.bert.SubWords;
import io.channelwise.bert.Task;
import io.channelwise.bert.TrainingResult;
import io.channelwise.bert.TrainingSettings;
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
              + " (any number of labels a text), tokens (a tag a word, from CoNLL columns). Default:"
              + " ${DEFAULT-VALUE}.")
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
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the model; one of an earlier training is replaced.")
  private Path out;

  @Mixin private DataOptions columns = new DataOptions();

  @Option(
      names = "--epochs",
      defaultValue = "5",
      description = "Passes over the data. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch-size",
      defaultValue = "16",
      description = "Texts a step. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      defaultValue = "1e-4",
      description = "Highest learning rate. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--warmup",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description =
          "Share of the steps in which the learning rate rises, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double warmup;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      description =
          "Decoupled weight decay, not on biases and LayerNorms. Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--dropout",
      defaultValue = "0.1",
      description = "Share of activations dropped while training. Default: ${DEFAULT-VALUE}.")
  private double dropout;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "Share of each target spread over all classes, 0 to 0.99. Default: ${DEFAULT-VALUE}.")
  private double labelSmoothing;

  @Option(
      names = "--class-weights",
      defaultValue = "none",
      paramLabel = "none|balanced",
      description =
          "balanced: each class weighs the same in the loss, however few texts it has. Default:"
              + " ${DEFAULT-VALUE}.")
  private String classWeights;

  @Option(
      names = "--label-sub-words",
      defaultValue = "first",
      paramLabel = "first|all",
      description =
          "Which tokens of a word learn its tag (tokens). all suits Chinese, whose words are split"
              + " into characters. Default: ${DEFAULT-VALUE}.")
  private String labelSubWords;

  @Option(
      names = "--pooling",
      defaultValue = "mean",
      paramLabel = "mean|cls",
      description =
          "What the head on a text sees: the mean of its tokens, or the first through the pooler,"
              + " which Hugging Face loads as BertForSequenceClassification. Default:"
              + " ${DEFAULT-VALUE}.")
  private String pooling;

  @Option(
      names = "--max-length",
      defaultValue = "128",
      paramLabel = "TOKENS",
      description = "Longer texts are cut. Default: ${DEFAULT-VALUE}.")
  private int maxLength;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Same seed, data and threads: same model. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "CPU threads; 0 takes one a processor. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "auto|cpu|gpu",
      description = "Where to train. Default: ${DEFAULT-VALUE}, a GPU if PyTorch sees one.")
  private String device;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Folder of checkpoints. Default: the --out folder's name with .work added.")
  private Path work;

  @Option(
      names = "--checkpoint-steps",
      defaultValue = "500",
      paramLabel = "STEPS",
      description = "Save a checkpoint every so many steps. Default: ${DEFAULT-VALUE}.")
  private int checkpointSteps;

  @Option(names = "--resume", description = "Go on from the checkpoint in the work folder.")
  private boolean resume;

  @Mixin private FewShotOption fewShot;

  @Override
  void run() {
    TrainingSettings settings = fewShot.settings(settings());
    List<Example> train = columns.read("training", trainFile, settings.task(), err());
    List<Example> eval =
        evalFile == null ? List.of() : columns.read("evaluation", evalFile, settings.task(), err());
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
    if (!classWeights.equals("none") && !classWeights.equals("balanced")) {
      throw new BertException(
          "Option --class-weights is " + classWeights + "; expected none or balanced.");
    }
    return TrainingSettings.builder()
        .task(Task.of(task))
        .labelSubWords(subWords())
        .pooling(pooling)
        .base(base)
        .epochs(epochs)
        .batchSize(batchSize)
        .learningRate(learningRate)
        .warmupShare(warmup)
        .weightDecay(weightDecay)
        .dropout(dropout)
        .labelSmoothing(labelSmoothing)
        .balancedClasses(classWeights.equals("balanced"))
        .maxLength(maxLength)
        .seed(seed)
        .threads(threads)
        .device(device)
        .checkpointSteps(checkpointSteps)
        .build();
  }

  private SubWords subWords() {
    return switch (labelSubWords) {
      case "first" -> SubWords.FIRST;
      case "all" -> SubWords.ALL;
      default ->
          throw new BertException(
              "Option --label-sub-words is " + labelSubWords + "; expected first or all.");
    };
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
    DataOptions.remarkLong(out(), learnt, result.textsCut(), maxLength);
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
