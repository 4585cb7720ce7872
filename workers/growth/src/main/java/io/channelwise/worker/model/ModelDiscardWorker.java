package io.channelwise.worker.model;

import io.channelwise.model.ModelRegistry;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Contract.None;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/**
 * Topic {@code model.discard}: puts a run's candidates aside and ends the round. Files stay in the
 * store; the training worker removes checkpoints later.
 */
@Component
public final class ModelDiscardWorker implements Worker<ModelDiscardWorker.Input, None> {

  /** Variables read. */
  public record Input(
      String trainingRunId,
      Integer trainingRound,
      String modelName,
      @Nullable String discardReason) {}

  private static final Contract<Input, None> CONTRACT =
      Contract.of("model.discard", Input.class, None.class);

  private final ModelRegistry registry;

  ModelDiscardWorker(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Contract<Input, None> contract() {
    return CONTRACT;
  }

  @Override
  public None handle(Input input, TaskContext context) {
    registry.discard(
        input.trainingRunId(), input.trainingRound(), input.modelName(), input.discardReason());
    return None.NONE;
  }
}
