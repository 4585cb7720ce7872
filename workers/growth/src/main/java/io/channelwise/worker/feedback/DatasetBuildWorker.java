package io.channelwise.worker.feedback;

import io.channelwise.feedback.DatasetBuild;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.DatasetTooSmallException;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * {@code dataset.build}: makes the dataset that a model learns from, of all that is known so far.
 */
@Component
public class DatasetBuildWorker
    implements Worker<DatasetBuildWorker.Input, DatasetBuildWorker.Output> {
  static final String TOO_SMALL = "DATASET_TOO_SMALL";

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("dataset.build", Input.class, Output.class, TOO_SMALL);

  private final DatasetService datasets;
  private final ModelRegistry models;

  DatasetBuildWorker(DatasetService datasets, ModelRegistry models) {
    this.datasets = datasets;
    this.models = models;
  }

  /**
   * @param modelName one of {@link DatasetService#MODEL_NAMES}
   */
  public record Input(String campaignKey, Integer cycle, String modelName) {}

  /**
   * @param newExamples examples that the live version has not learned from; all when none is live
   */
  public record Output(
      String datasetId,
      Integer examples,
      Integer newExamples,
      Integer classes,
      Boolean hasLiveModel) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Optional<ModelVersion> live = models.live(input.modelName());
    try {
      DatasetBuild build =
          datasets.build(
              input.campaignKey(),
              input.cycle(),
              input.modelName(),
              live.map(ModelVersion::datasetId).orElse(null));
      return new Output(
          build.dataset().id(),
          build.dataset().examples(),
          build.newExamples(),
          build.dataset().labels().size(),
          live.isPresent());
    } catch (DatasetTooSmallException e) {
      throw new BusinessError(TOO_SMALL, e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
