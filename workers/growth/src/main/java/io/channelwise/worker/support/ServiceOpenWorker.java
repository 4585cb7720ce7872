package io.channelwise.worker.support;

import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.support.ServiceWindowService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** {@code service.open}: opens a cycle's service window and hands the training material out. */
@Component
public class ServiceOpenWorker
    implements Worker<ServiceOpenWorker.Input, ServiceOpenWorker.Output> {
  private static final Contract<Input, Output> CONTRACT =
      Contract.of("service.open", Input.class, Output.class);

  private final ServiceWindowService windows;

  ServiceOpenWorker(ServiceWindowService windows) {
    this.windows = windows;
  }

  public record Input(String campaignKey, Integer cycle) {}

  public record Output(Integer supportChannels) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    try {
      return new Output(windows.open(input.campaignKey(), input.cycle()));
    } catch (UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }
}
