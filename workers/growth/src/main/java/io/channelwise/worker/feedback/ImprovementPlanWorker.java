package io.channelwise.worker.feedback;

import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.feedback.FeedbackService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.Nullable;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code improvement.plan}: stores the improvements that people chose as the backlog. */
@Component
public class ImprovementPlanWorker
    implements Worker<ImprovementPlanWorker.Input, ImprovementPlanWorker.Output> {
  private static final Contract<Input, Output> CONTRACT =
      Contract.of("improvement.plan", Input.class, Output.class);

  private final FeedbackService feedback;

  ImprovementPlanWorker(FeedbackService feedback) {
    this.feedback = feedback;
  }

  /**
   * @param chosenImprovements descriptions, ranks in the briefing (1 the first) or new ideas
   */
  public record Input(
      String campaignKey,
      Integer cycle,
      @Nullable List<String> chosenImprovements,
      @Nullable String improvementsComment) {}

  public record Output(Integer backlog) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      return new Output(
          feedback.plan(
              input.campaignKey(),
              input.cycle(),
              input.chosenImprovements(),
              input.improvementsComment()));
    } catch (UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
