package io.channelwise.bert;

import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.model.WeightFile;
import io.channelwise.bert.internal.report.ModelFiles;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.training.Checkpoint;
import io.channelwise.bert.internal.training.Export;
import io.channelwise.bert.internal.training.RunIdentity;
import io.channelwise.bert.internal.training.ShutdownGuard;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.internal.training.TrainingRun;
import io.channelwise.bert.internal.training.Variation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fine-tunes a BERT to classify texts or pairs or to tag words. One training a process at a time.
 * When the JVM is told to end, the training saves a checkpoint first, as if it was cancelled.
 */
public final class FineTuner {
  /** PyTorch's random numbers are one stream a process. */
  static final ReentrantLock RUNNING = new ReentrantLock();

  private FineTuner() {}

  /**
   * Trains a model for the task of the settings and writes it as a Hugging Face directory. If
   * {@code workDir} holds a checkpoint of the same settings and data, the run goes on from there
   * and ends with the same bits as an unbroken one.
   *
   * @param eval judged after every epoch; may be empty
   * @param workDir checkpoints and imported base weights; created if missing
   * @param outDir replaced as a whole when the training is done
   * @throws DatasetTooSmallException with fewer than two classes or too few rows
   * @throws DatasetException when the evaluation holds a label the training does not
   * @throws TrainingDivergedException when the loss is no number or ran away
   * @throws TrainingCancelledException when the listener asked to stop; a checkpoint is saved
   * @throws ModelFormatException when the base or a checkpoint cannot be read or does not fit
   * @throws BertException when the checkpoint found belongs to other settings or data, or when the
   *     device asked for is not there
   */
  public static TrainingResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    return train(settings, train, eval, workDir, outDir, workDir.resolve("base-models"), listener);
  }

  /**
   * As the method above, with a folder of imported base weights that many runs can share.
   *
   * @param baseModels where packaged weights are imported to, or found
   */
  public static TrainingResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      TrainingListener listener) {
    return train(settings, train, eval, workDir, outDir, baseModels, Variation.NONE, listener);
  }

  /** As the method above, with something otherwise than usual. */
  static TrainingResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      Variation variation,
      TrainingListener listener) {
    if (!RUNNING.tryLock()) {
      throw new IllegalStateException("Another training runs in this process; wait for its end.");
    }
    try (ShutdownGuard guard = new ShutdownGuard(listener)) {
      return trainAlone(settings, train, eval, workDir, outDir, baseModels, variation, guard);
    } finally {
      RUNNING.unlock();
    }
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
      Export.write(run, settings, data, prepared.base(), result);
      return result;
    }
  }

  /** What every training begins with: the base, its configuration with the head, the data. */
  record Prepared(Path base, BertConfig config, TrainingData data) {}

  static Prepared prepare(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      Variation variation) {
    List<String> found = TrainingData.checkedLabels(settings.task(), train, eval);
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    createWorkDir(workDir);
    Path base = BaseModels.resolve(settings.base(), baseModels);
    BertConfig encoder = BertConfig.read(base);
    int maxLength = Math.min(settings.maxLength(), encoder.maxPositions());
    BertConfig config =
        variation.keepsHead()
            ? KeptHead.config(base, settings.task(), found, maxLength)
            : encoder.withHead(settings.task(), found, pooling(settings), maxLength);
    requireTypes(settings.task(), config);
    List<String> labels = config.labels();
    TrainingData data;
    try (TextEncoder tokens = new TextEncoder(base)) {
      data = TrainingData.of(settings, labels, train, eval, tokens, maxLength, config.vocabSize());
    }
    return new Prepared(base, config, data);
  }

  private static Pooling pooling(TrainingSettings settings) {
    return settings.task() == Task.TOKENS ? Pooling.NONE : Pooling.of(settings.pooling());
  }

  private static void requireTypes(Task task, BertConfig config) {
    if (task == Task.PAIR && config.typeVocabSize() < 2) {
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

  /**
   * Whether a folder holds a checkpoint that {@link #train} would go on from.
   *
   * @param workDir as given to {@link #train}
   */
  public static boolean hasCheckpoint(Path workDir) {
    return Checkpoint.existsIn(workDir);
  }

  /**
   * Deletes what {@link #train} left in a work folder, and the folder when it is empty then. Other
   * files stay.
   */
  public static void forget(Path workDir) {
    Checkpoint.forget(workDir);
  }

  /** What must be equal for a checkpoint to be of this run. */
  static RunIdentity identity(TrainingSettings settings, Prepared prepared, Variation variation) {
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
