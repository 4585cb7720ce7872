package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.Task;
import io.channelwise.bert.training.Decay;
import io.channelwise.bert.training.FewShotResult;
import io.channelwise.bert.training.FewShotTuner;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code train --few-shot}: another way to the same kind of model, for few examples a class. */
final class FewShotOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--few-shot",
      description =
          "For under 50 examples a class: a linear head on the encoder as it is, or on one tuned to"
              + " bring texts of a class together; cross-validation chooses and is told. --epochs,"
              + " --batch-size and --learning-rate are the tuning's then, by default 3, 64, 5e-5.")
  private boolean chosen;

  /** The settings asked for; where nothing was asked, those that suit few examples. */
  TrainingSettings settings(TrainingSettings asked) {
    if (!chosen) {
      return asked;
    }
    requireNothingElse(asked);
    TrainingSettings few = FewShotTuner.defaults();
    ParseResult given = command.commandLine().getParseResult();
    TrainingSettings.Builder result = asked.toBuilder();
    if (!given.hasMatchedOption("--epochs")) {
      result.epochs(few.epochs());
    }
    if (!given.hasMatchedOption("--batch-size")) {
      result.batchSize(few.batchSize());
    }
    if (!given.hasMatchedOption("--learning-rate")) {
      result.learningRate(few.learningRate());
    }
    return result.build();
  }

  private static void requireNothingElse(TrainingSettings asked) {
    List<String> others = new ArrayList<>();
    add(others, "--accumulate", asked.accumulation() > 1);
    add(others, "--decay cosine", asked.decay() != Decay.LINEAR);
    add(others, "--layer-decay", asked.layerDecay() < 1);
    add(others, "--freeze", !asked.freeze().equals("none"));
    add(others, "--lora-rank", asked.loraRank() > 0);
    add(others, "--from-scratch", asked.fromScratch());
    add(others, "--early-stopping", asked.earlyStopping() > 0);
    add(others, "--precision bf16", asked.precision() != Precision.FP32);
    if (!others.isEmpty()) {
      throw new BertException(
          "Option --few-shot cannot be combined with %s: it has a way of its own to train. Leave one of them out."
              .formatted(String.join(", ", others)));
    }
  }

  private static void add(List<String> options, String option, boolean given) {
    if (given) {
      options.add(option);
    }
  }

  /** Says when this option is worth a try and was not given. */
  void hint(TrainingSettings settings, List<Example> train, PrintWriter err) {
    boolean possible = settings.task() == Task.SEQUENCE || settings.task() == Task.PAIR;
    int rarest = possible ? FewShotTuner.rarestClass(train) : 0;
    if (!chosen && rarest > 1 && rarest < FewShotTuner.FEW) {
      err.printf(
          Locale.ROOT,
          "the rarest class has %d examples; --few-shot is made for fewer than %d%n",
          rarest,
          FewShotTuner.FEW);
      err.flush();
    }
  }

  /** Whether the work folder holds something to go on from. */
  boolean hasCheckpoint(Path workDir) {
    return chosen ? FewShotTuner.hasCheckpoint(workDir) : FineTuner.hasCheckpoint(workDir);
  }

  /** Trains one way or the other; says what few-shot training tried and chose. */
  TrainingResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      TrainingListener listener,
      PrintWriter out) {
    if (!chosen) {
      return FineTuner.train(settings, train, eval, workDir, outDir, baseModels, listener);
    }
    FewShotResult result =
        FewShotTuner.train(settings, train, eval, workDir, outDir, baseModels, listener);
    out.println(FewShotTuner.describe(result));
    return result.training();
  }
}
