package io.channelwise.bert.training;

import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.training.Checkpoint;
import io.channelwise.bert.internal.training.FineTuning;
import io.channelwise.bert.internal.training.Variation;
import java.nio.file.Path;
import java.util.List;

/**
 * Fine-tunes a BERT to classify texts or pairs or to tag words. One training a process at a time.
 * When the JVM is told to end, the training saves a checkpoint first, as if it was cancelled.
 */
public final class FineTuner {
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
    return FineTuning.train(
        settings, train, eval, workDir, outDir, baseModels, Variation.NONE, listener);
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
}
