package io.channelwise.worker.campaign;

import io.channelwise.campaign.Report;
import io.channelwise.campaign.ReportService;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import org.springframework.stereotype.Component;

/** Writes the campaign's report. A second run replaces the report of the first, under its id. */
@Component
public final class CampaignReportWorker
    implements Worker<CampaignReportWorker.Input, CampaignReportWorker.Output> {

  /** Variables read. */
  public record Input(String campaignKey, Integer cycle, String campaignOutcome) {}

  /** Variables written. */
  public record Output(String reportId, String briefingId) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("campaign.report", Input.class, Output.class);

  private final ReportService reports;

  CampaignReportWorker(ReportService reports) {
    this.reports = reports;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Report report = reports.write(input.campaignKey(), input.cycle(), input.campaignOutcome());
    return new Output(report.id(), ReportService.briefingId(input.campaignKey(), input.cycle()));
  }
}
