package io.channelwise.bert;

import java.nio.file.Path;
import java.util.List;

/** Fine-tunes a BERT for sequence classification. One training a process at a time. */
public final class FineTuner {

  private FineTuner() {}

  /**
   * Trains a classifier and writes it as a Hugging Face directory. If {@code workDir} holds a
   * checkpoint of the same settings and data, the run goes on from there and ends with the same
   * bits as an unbroken one.
   *
   * @param eval judged after every epoch; may be empty
   * @param workDir checkpoints and imported base weights; created if missing
   * @param outDir replaced as a whole when the training is done
   * @throws DatasetTooSmallException with fewer than two classes or too few rows
   * @throws DatasetException when the evaluation holds a label the training does not
   * @throws TrainingDivergedException when the loss is no number or ran away
   * @throws TrainingCancelledException when the listener asked to stop; a checkpoint is saved
   * @throws ModelFormatException when the base or a checkpoint cannot be read or does not fit
   */
  public static TrainingResult train(
      TrainingSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      TrainingListener listener) {
    throw new UnsupportedOperationException("The training loop lands with the next commits.");
  }
}
