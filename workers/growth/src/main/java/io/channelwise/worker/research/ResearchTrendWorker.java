package io.channelwise.worker.research;

import io.channelwise.research.ResearchService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/**
 * Measures how every market changes over its periods and forecasts the next; too short a series is
 * a sentence in the briefing and no failure. A second run replaces the figures of the first.
 */
@Component
public final class ResearchTrendWorker
    implements Worker<ResearchTrendWorker.Input, ResearchTrendWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle) {}

  /** Variables written. */
  public record Output(Integer periods) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("research.trend", Input.class, Output.class);

  private final ResearchService research;

  ResearchTrendWorker(ResearchService research) {
    this.research = research;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    return new Output(Math.toIntExact(research.analyseTrend(input.campaignKey(), input.cycle())));
  }
}
