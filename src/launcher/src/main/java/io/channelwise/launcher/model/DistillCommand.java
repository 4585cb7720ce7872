package io.channelwise.launcher.model;

import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.compression.CompressionReport;
import io.channelwise.bert.compression.DistillationSettings;
import io.channelwise.bert.compression.Distiller;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Teaches a smaller model what a trained one knows. */
@Command(
    name = "distill",
    sortOptions = false,
    description =
        "Teach a model of fewer layers what a trained one knows; report accuracy against size and"
            + " speed.",
    footer = {
      "",
      "Example:",
      "  ./channelwise distill --model model --train train.csv --eval test.csv --layers 3 --out"
          + " small",
      "Stopped with Ctrl-C, it saves a checkpoint; the same command with --resume goes on from it."
    })
public final class DistillCommand extends ModelCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the teacher, a trained model.")
  private Path model;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Labelled examples to learn from.")
  private Path trainFile;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Labelled examples to judge teacher and student by.")
  private Path evalFile;

  @Option(
      names = "--unlabelled",
      paramLabel = "FILE",
      description = "More texts, without labels; the teacher labels them (task sequence).")
  private Path unlabelledFile;

  @Option(
      names = "--layers",
      required = true,
      paramLabel = "NUMBER",
      description = "Layers of the student, taken evenly spaced from the teacher.")
  private int layers;

  @Option(
      names = "--temperature",
      defaultValue = "2",
      paramLabel = "NUMBER",
      description = "Softens the answers of teacher and student. Default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Option(
      names = "--alpha",
      defaultValue = "0.5",
      paramLabel = "SHARE",
      description =
          "Weight of the labels, 0 to 1; the teacher's answers weigh the rest. Default:"
              + " ${DEFAULT-VALUE}.")
  private double alpha;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the student, with compression.txt and compression.csv beside it.")
  private Path out;

  @Option(
      names = "--epochs",
      defaultValue = "5",
      paramLabel = "NUMBER",
      description = "Passes over the data. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Mixin private RecipeOptions recipe = new RecipeOptions();
  @Mixin private DataOptions dataOptions = new DataOptions();
  @Mixin private WorkOptions work = new WorkOptions();

  @Override
  void run() {
    Task task = Distiller.task(model);
    TrainingSettings training =
        recipe.settings().task(task).epochs(epochs).checkpointSteps(CHECKPOINT_STEPS).build();
    DistillationSettings settings = new DistillationSettings(layers, temperature, alpha, training);
    Path workDir = work.folder(out);
    work.requireResumeToBeMeant(Distiller.hasCheckpoint(workDir), workDir, "a checkpoint");
    List<Example> train = dataOptions.read("training", trainFile, task, err());
    List<Example> eval = dataOptions.read("evaluation", evalFile, task, err());
    List<List<String>> unlabelled =
        DataOptions.readInputs("unlabelled", unlabelledFile, task, dataOptions.columns(), err());
    try (TrainingProgress progress = TrainingProgress.of(err())) {
      CompressionReport report =
          Distiller.distill(settings, model, train, unlabelled, eval, workDir, out, progress);
      progress.close();
      out().print(report.text());
      out().printf("%nmodel written to %s%n", out);
    }
  }
}
