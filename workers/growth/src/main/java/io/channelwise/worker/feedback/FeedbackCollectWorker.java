package io.channelwise.worker.feedback;

import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.feedback.FeedbackService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** {@code feedback.collect}: gathers a cycle's feedback and ranks the improvements. */
@Component
public class FeedbackCollectWorker
    implements Worker<FeedbackCollectWorker.Input, FeedbackCollectWorker.Output> {
  private static final Contract<Input, Output> CONTRACT =
      Contract.of("feedback.collect", Input.class, Output.class);

  private final FeedbackService feedback;

  FeedbackCollectWorker(FeedbackService feedback) {
    this.feedback = feedback;
  }

  public record Input(String campaignKey, Integer cycle) {}

  public record Output(Integer feedbackCount, String briefingId) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      FeedbackService.Collected collected = feedback.collect(input.campaignKey(), input.cycle());
      return new Output(collected.feedback(), collected.briefingId());
    } catch (UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
