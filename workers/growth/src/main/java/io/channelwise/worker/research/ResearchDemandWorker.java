package io.channelwise.worker.research;

import io.channelwise.research.ResearchService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/**
 * Measures need, pain points and the demand curve of every market. A second run replaces the
 * figures of the first.
 */
@Component
public final class ResearchDemandWorker
    implements Worker<ResearchDemandWorker.Input, ResearchDemandWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle) {}

  /** Variables written. */
  public record Output(Integer respondents) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("research.demand", Input.class, Output.class);

  private final ResearchService research;

  ResearchDemandWorker(ResearchService research) {
    this.research = research;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    return new Output(Math.toIntExact(research.analyseDemand(input.campaignKey(), input.cycle())));
  }
}
