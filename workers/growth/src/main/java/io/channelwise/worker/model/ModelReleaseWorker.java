package io.channelwise.worker.model;

import io.channelwise.model.ModelRegistry;
import io.channelwise.model.Release;
import io.channelwise.model.UnknownTrainingException;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Topic {@code model.release}: makes the round's version the live one, once. */
@Component
public final class ModelReleaseWorker
    implements Worker<ModelReleaseWorker.Input, ModelReleaseWorker.Output> {

  /** Variables read. */
  public record Input(
      String trainingRunId,
      Integer trainingRound,
      String modelName,
      @Nullable String approver,
      @Nullable String releaseComment) {}

  /**
   * Variables written.
   *
   * @param modelVersion number of the version, as text
   * @param released false when the version had been discarded before
   */
  public record Output(String modelVersion, Boolean released) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("model.release", Input.class, Output.class);

  private final ModelRegistry registry;

  ModelReleaseWorker(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      Release release =
          registry.release(
              input.trainingRunId(),
              input.trainingRound(),
              input.modelName(),
              input.approver(),
              input.releaseComment());
      return new Output(Integer.toString(release.version().version()), release.released());
    } catch (UnknownTrainingException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
