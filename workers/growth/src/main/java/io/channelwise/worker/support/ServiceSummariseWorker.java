package io.channelwise.worker.support;

import io.channelwise.support.ServiceSummary;
import io.channelwise.support.ServiceWindowService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** {@code service.summarise}: closes a cycle's service window and sums its tickets up. */
@Component
public class ServiceSummariseWorker
    implements Worker<ServiceSummariseWorker.Input, ServiceSummariseWorker.Output> {
  private static final Contract<Input, Output> CONTRACT =
      Contract.of("service.summarise", Input.class, Output.class);

  private final ServiceWindowService windows;

  ServiceSummariseWorker(ServiceWindowService windows) {
    this.windows = windows;
  }

  public record Input(String campaignKey, Integer cycle) {}

  /**
   * @param satisfaction 0..1
   * @param negativeShare 0..1
   */
  public record Output(Integer tickets, Double satisfaction, Double negativeShare) {}

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    ServiceSummary summary = windows.summarise(input.campaignKey(), input.cycle());
    return new Output(summary.tickets(), summary.satisfaction(), summary.negativeShare());
  }
}
