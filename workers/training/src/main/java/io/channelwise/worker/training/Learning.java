package io.channelwise.worker.training;

import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.feedback.Dataset;
import io.channelwise.model.Judgement;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.TrainingRun;
import io.channelwise.worker.runtime.TaskContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How models are learned from one kind of dataset and judged on it. The workers do the rest: runs,
 * attempts, versions, the store. To add a kind, add one of these.
 */
interface Learning {

  /** The kind of dataset that it learns from. */
  Dataset.Kind kind();

  /**
   * The settings to record with the run, checked.
   *
   * @throws io.channelwise.worker.runtime.PermanentFailure when one is out of its range
   */
  Map<String, Object> settings(FineTuneWorker.Input input);

  /**
   * Learns a model and leaves its files in {@code folder/model}; the same run again ends with the
   * same files, whether or not it was broken off before.
   *
   * @param folder of this round, where checkpoints may be kept
   * @throws DatasetTooSmallException when the data teach nothing
   * @throws TrainingDivergedException when the loss is no number any more
   * @throws TrainingCancelledException when the task was cancelled
   */
  Learned learn(FineTuneWorker.Input input, TrainingRun run, Path folder, TaskContext context);

  /**
   * What was learned.
   *
   * @param loss in nats
   */
  record Learned(long steps, double loss, double seconds) {}

  /** Judges a candidate and the live version on the dataset's evaluation split. */
  Judgement judge(
      Dataset dataset, ModelVersion candidate, Optional<ModelVersion> live, TaskContext context);
}
