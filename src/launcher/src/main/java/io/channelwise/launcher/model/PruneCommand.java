package io.channelwise.launcher.model;

import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.compression.CompressionReport;
import io.channelwise.bert.compression.Distiller;
import io.channelwise.bert.compression.Pruner;
import io.channelwise.bert.compression.PruningSettings;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes smaller copies of a trained model. */
@Command(
    name = "prune",
    sortOptions = false,
    description =
        "Remove what matters least from a trained model; report accuracy against size and speed at"
            + " each amount.",
    footer = {
      "",
      "Examples:",
      "  ./channelwise prune --model model --kind neurons --amount 0.25,0.5 --train train.csv"
          + " --eval test.csv --epochs 1 --out narrow",
      "  ./channelwise prune --model model --kind weights --amount 0.5 --eval test.csv --out"
          + " sparse",
      "neurons makes a smaller and faster model; weights and heads only write zeros, which zip"
          + " well."
    })
public final class PruneCommand extends ModelCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a trained model.")
  private Path model;

  @Option(
      names = "--kind",
      defaultValue = "neurons",
      paramLabel = "weights|neurons|heads",
      description =
          "weights: the smallest become zero. neurons: of the feed-forward layers, removed. heads:"
              + " of the attention, silenced. Default: ${DEFAULT-VALUE}.")
  private String kind;

  @Option(
      names = "--amount",
      split = ",",
      defaultValue = "0.25,0.5",
      paramLabel = "SHARE",
      description =
          "Shares to prune, each from the original; several make a folder each. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<Double> amounts;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Labelled examples that say what matters and are trained on.")
  private Path trainFile;

  @Option(
      names = {"--eval", "--data"},
      paramLabel = "FILE",
      description = "Labelled examples to judge the models by. Default: those of --train.")
  private Path evalFile;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the pruned models, compression.txt and compression.csv.")
  private Path out;

  @Option(
      names = "--examples",
      defaultValue = "256",
      paramLabel = "NUMBER",
      description =
          "Training examples that judge what matters, drawn by the seed. Default:"
              + " ${DEFAULT-VALUE}.")
  private int examples;

  @Option(
      names = "--epochs",
      defaultValue = "0",
      paramLabel = "NUMBER",
      description = "Passes over --train after the pruning. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Mixin private RecipeOptions recipe = new RecipeOptions();
  @Mixin private DataOptions dataOptions = new DataOptions();
  @Mixin private WorkOptions work = new WorkOptions();

  @Override
  void run() {
    Task task = Distiller.task(model);
    TrainingSettings training =
        recipe.settings().task(task).checkpointSteps(CHECKPOINT_STEPS).build();
    PruningSettings settings =
        new PruningSettings(PruningSettings.Kind.of(kind), amounts, examples, epochs, training);
    Path workDir = work.folder(out);
    work.requireResumeToBeMeant(Pruner.hasState(workDir), workDir, "a pruning");
    List<Example> train = dataOptions.read("training", trainFile, task, err());
    List<Example> eval = dataOptions.read("evaluation", evalFile, task, err());
    try (TrainingProgress progress = TrainingProgress.of(err())) {
      CompressionReport report = Pruner.prune(settings, model, train, eval, workDir, out, progress);
      progress.close();
      out().print(report.text());
      out().printf("%nwritten to %s%n", out);
    }
  }
}
