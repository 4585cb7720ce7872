package io.channelwise.bert.internal.training;

import io.channelwise.bert.BaseModels;
import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.model.WeightFile;
import io.channelwise.bert.internal.report.ModelFiles;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** What every training has in common: one at a time, checked data, a run, the export. */
public final class FineTuning {
  /** PyTorch's random numbers are one stream a process. */
  private static final ReentrantLock RUNNING = new ReentrantLock();

  private FineTuning() {}

  /**
   * Does a training while no other runs in this process; the JVM's end cancels it.
   *
   * @param workDir removed when the training was refused and left nothing in it
   * @param training is given the listener that it must ask and tell
   * @throws IllegalStateException when another one runs
   */
  public static <R> R alone(
      TrainingListener listener, Path workDir, Function<TrainingListener, R> training) {
    if (!RUNNING.tryLock()) {
      throw new IllegalStateException("Another training runs in this process; wait for its end.");
    }
    try (ShutdownGuard guard = new ShutdownGuard(listener)) {
      return training.apply(guard);
    } catch (BertException e) {
      AtomicDirectory.deleteIfEmpty(workDir);
      throw e;
    } finally {
      RUNNING.unlock();
    }
  }

  /**
   * As {@link FineTuner#train}, with something otherwise than usual.
   *
   * @param variation what is otherwise; {@link Variation#NONE} for an ordinary training
   */
  public static TrainingResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      Variation variation,
      TrainingListener listener) {
    return alone(
        listener,
        workDir,
        guard -> trainAlone(settings, train, eval, workDir, outDir, baseModels, variation, guard));
  }

  private static TrainingResult trainAlone(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      Variation variation,
      TrainingListener listener) {
    Prepared prepared = prepare(settings, train, eval, workDir, outDir, baseModels, variation);
    TrainingData data = prepared.data();
    if (settings.earlyStopping() > 0 && data.evaluation().examples() == 0) {
      throw new DatasetException(
          "Early stopping has no evaluation data to go by; give examples for evaluation, or leave it out.");
    }
    RunIdentity identity = identity(settings, prepared, variation);
    try (TrainingRun run =
        new TrainingRun(
            settings,
            prepared.config(),
            prepared.base(),
            data,
            workDir,
            identity,
            variation,
            listener)) {
      Evaluation evaluation = run.run();
      run.stopIfCancelled();
      TrainingResult result =
          new TrainingResult(
              outDir,
              data.labels(),
              run.steps(),
              run.finalLoss(),
              evaluation,
              run.seconds(),
              run.trainedTokens() / run.seconds(),
              data.cut());
      TrainingSettings told =
          variation
              .origin()
              .map(origin -> settings.toBuilder().base(origin).build())
              .orElse(settings);
      Export.write(run, told, data, prepared.base(), result);
      return result;
    }
  }

  /** What every training begins with: the base, its configuration with the head, the data. */
  public record Prepared(Path base, BertConfig config, TrainingData data) {}

  /** Checks settings and data before anything runs. */
  public static Prepared prepare(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      Variation variation) {
    boolean keepsHead = variation.keepsHead();
    if (keepsHead && settings.fromScratch()) {
      throw new IllegalArgumentException(
          "From scratch cannot be combined with training a trained model on: its weights would be lost. Leave it out.");
    }
    List<String> found =
        keepsHead
            ? LabelCheck.foundIn(settings.task(), train, eval)
            : TrainingData.checkedLabels(settings.task(), train, eval);
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    createWorkDir(workDir);
    Path base = BaseModels.resolve(settings.base(), baseModels);
    BertConfig encoder = BertConfig.read(base);
    int maxLength = Math.min(settings.maxLength(), encoder.maxPositions());
    BertConfig config =
        keepsHead
            ? KeptHead.config(base, settings.task(), found, maxLength)
            : encoder.withHead(settings.task(), found, pooling(settings), maxLength);
    List<String> labels = config.labels();
    TrainingData data;
    try (TextEncoder tokens = new TextEncoder(base)) {
      data = TrainingData.of(settings, labels, train, eval, tokens, maxLength, config.vocabSize());
    }
    requireTypes(data, config);
    return new Prepared(base, config, data);
  }

  private static Pooling pooling(TrainingSettings settings) {
    return settings.task() == Task.TOKENS ? Pooling.NONE : Pooling.of(settings.pooling());
  }

  private static void requireTypes(TrainingData data, BertConfig config) {
    boolean pairs =
        Stream.concat(data.train().stream(), data.evaluation().ids().stream())
            .anyMatch(TokenIds::isPair);
    if (pairs && config.typeVocabSize() < 2) {
      throw new ModelFormatException(
          "The base tells no second text apart: its type_vocab_size is %d; a pair needs 2. Take another base, or join the texts in one column."
              .formatted(config.typeVocabSize()));
    }
  }

  private static void createWorkDir(Path workDir) {
    try {
      Files.createDirectories(workDir);
    } catch (IOException e) {
      throw new UncheckedIOException("Work folder " + workDir + " cannot be created", e);
    }
  }

  /** What must be equal for a checkpoint to be of this run. */
  public static RunIdentity identity(
      TrainingSettings settings, Prepared prepared, Variation variation) {
    BertConfig config = prepared.config();
    Map<String, String> identity = settings.identity();
    identity.put(
        "encoder",
        "%d x %d, vocabulary %d"
            .formatted(config.layers(), config.hiddenSize(), config.vocabSize()));
    identity.put("data", prepared.data().sha256());
    if (settings.loraRank() > 0 || !settings.freeze().equals("none")) {
      // Frozen weights are in no checkpoint, so the base must still be the same.
      identity.put("base weights", WeightFile.fingerprint(prepared.base()));
    }
    variation.identify(identity);
    return new RunIdentity(identity, TrainingSettings.defaults().identity());
  }
}
