package io.channelwise.worker.research;

import io.channelwise.research.ResearchService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/**
 * Measures shares, concentration, momentum and prices of every market. A second run replaces the
 * figures of the first.
 */
@Component
public final class ResearchCompetitionWorker
    implements Worker<ResearchCompetitionWorker.Input, ResearchCompetitionWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle) {}

  /** Variables written. */
  public record Output(Integer competitors) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("research.competition", Input.class, Output.class);

  private final ResearchService research;

  ResearchCompetitionWorker(ResearchService research) {
    this.research = research;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    return new Output(
        Math.toIntExact(research.analyseCompetition(input.campaignKey(), input.cycle())));
  }
}
