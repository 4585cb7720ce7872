package io.channelwise.launcher.model;

import io.channelwise.bert.Calibration;
import io.channelwise.bert.Example;
import io.channelwise.bert.RejectRule;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Calibrator;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a model's probabilities honest. */
@Command(
    name = "calibrate",
    sortOptions = false,
    description =
        "Fit a temperature, and a reject threshold for a wanted precision, on held-out texts and"
            + " store both with the model; predict and evaluate use them.")
public final class CalibrateCommand extends ModelCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a model; calibration.json is written into it.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "CSV with labelled texts that the model was neither trained nor chosen on.")
  private Path data;

  @Option(
      names = "--precision",
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "Share of right answers wanted among those that are not rejected, 0 to 1. Default: no"
              + " answer is rejected.")
  private double precision;

  @Mixin private DataOptions columns = new DataOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Override
  void run() {
    Calibrator.requireClassifier(model);
    List<Example> examples = columns.read("held-out", data, Task.ofModel(model), err());
    Calibration calibration;
    try (WorkProgress progress = WorkProgress.of(err(), "calibration")) {
      calibration =
          Calibrator.calibrate(
              model, examples, precision, device.name(), device.threads(), progress);
    }
    out()
        .printf(
            Locale.ROOT,
            "temperature %.4f, fitted on %d texts%n"
                + "expected calibration error %.4f before, %.4f after (each half of the texts judged"
                + " with the temperature of the other)%n",
            calibration.temperature(),
            calibration.examples(),
            calibration.errorBefore(),
            calibration.errorAfter());
    RejectRule reject = calibration.reject();
    if (reject.wantedPrecision() > 0) {
      out()
          .printf(
              Locale.ROOT,
              "answers below %.4f are rejected: %.1f %% of the texts are answered, %.1f %% of these"
                  + " rightly; the threshold was chosen on these texts: of others, expect fewer"
                  + " right%n",
              reject.threshold(),
              100 * reject.coverage(),
              100 * reject.precision());
    }
  }
}
