package io.channelwise.worker.campaign;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.CampaignSettings;
import io.channelwise.campaign.ReadinessService;
import io.channelwise.campaign.Text;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.feedback.DatasetService;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.Worker;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens a campaign: checks that the six steps have their data and hands out its settings. */
@Component
public final class CampaignOpenWorker
    implements Worker<CampaignOpenWorker.Input, CampaignOpenWorker.Output> {

  static final String CAMPAIGN_DATA_INVALID = "CAMPAIGN_DATA_INVALID";

  /** Variables read. */
  public record Input(String campaignKey) {}

  /**
   * Variables written.
   *
   * @param cycle 1
   * @param timers names of timer variables to ISO-8601 durations; those left out keep the models'
   *     defaults
   */
  public record Output(
      Integer cycle,
      Double promotionBudget,
      List<String> modelNames,
      CampaignSettings.Training trainingSettings,
      Map<String, String> timers) {}

  private static final Contract<Input, Output> CONTRACT =
      Contract.of("campaign.open", Input.class, Output.class, CAMPAIGN_DATA_INVALID);

  private final CampaignService campaigns;
  private final ReadinessService readiness;

  CampaignOpenWorker(CampaignService campaigns, ReadinessService readiness) {
    this.campaigns = campaigns;
    this.readiness = readiness;
  }

  @Override
  public Contract<Input, Output> contract() {
    return CONTRACT;
  }

  @Override
  public Output handle(Input input, TaskContext context) {
    Campaign campaign = require(input.campaignKey());
    List<Text> missing = readiness.missing(campaign.key());
    if (!missing.isEmpty()) {
      throw new BusinessError(CAMPAIGN_DATA_INVALID, message(campaign, missing));
    }
    return new Output(
        1,
        campaign.promotionBudget(),
        DatasetService.MODEL_NAMES,
        campaign.settings().training(),
        campaign.settings().timers());
  }

  private Campaign require(String campaignKey) {
    try {
      return campaigns.require(campaignKey);
    } catch (UnknownCampaignException e) {
      throw new PermanentFailure(e.getMessage(), e);
    }
  }

  /** In the campaign's language: the person who mends the data reads it in the form. */
  private static String message(Campaign campaign, List<Text> missing) {
    boolean chinese = campaign.locale().equals("zh");
    String list =
        missing.stream()
            .map(t -> chinese ? t.zh() : t.en())
            .collect(Collectors.joining(chinese ? "；" : "; "));
    return chinese
        ? "活动 %s 的数据不足：%s。请补充数据文件后重试。".formatted(campaign.key(), list)
        : "Campaign %s lacks data: %s. Bring the files and choose to try again."
            .formatted(campaign.key(), list);
  }
}
