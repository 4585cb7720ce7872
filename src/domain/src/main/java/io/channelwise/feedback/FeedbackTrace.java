package io.channelwise.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Feedback and datasets as recorded: the inputs of the figures people see. Thread-safe. */
@Service
public class FeedbackTrace {
  private final FeedbackTraceRepository recorded;
  private final CampaignService campaigns;

  FeedbackTrace(FeedbackTraceRepository recorded, CampaignService campaigns) {
    this.recorded = recorded;
    this.campaigns = campaigns;
  }

  /**
   * A dataset: its origin, hash, classes with their counts, and what was dropped.
   *
   * @throws UnknownDatasetException when there is none
   */
  public JsonNode dataset(String id) {
    return recorded.dataset(uuid(id)).orElseThrow(() -> new UnknownDatasetException(id));
  }

  /**
   * One page of a dataset's examples, in their order.
   *
   * @throws UnknownDatasetException when there is no such dataset
   */
  public JsonNode examples(String id, int page, int size) {
    return recorded
        .examples(uuid(id), page, size)
        .orElseThrow(() -> new UnknownDatasetException(id));
  }

  /**
   * One page of what a cycle gathered, the oldest first: imported rows and closed tickets.
   *
   * @throws io.channelwise.campaign.UnknownCampaignException when there is no such campaign
   */
  public JsonNode feedback(String campaignKey, int cycle, int page, int size) {
    campaigns.require(campaignKey);
    return recorded.feedback(campaignKey, cycle, page, size);
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new UnknownDatasetException(id);
    }
  }

  /** What a cycle gathered, as an input. */
  static Source feedbackSource(String campaignKey, int cycle) {
    return new Source(
        "feedback/%s/%d".formatted(campaignKey, cycle),
        new Text(
            "Feedback gathered in cycle %d: imported rows and closed tickets".formatted(cycle),
            "第 %d 轮收集的反馈：导入数据与已关闭的工单".formatted(cycle)),
        Sources.path("api", "campaigns", campaignKey, "feedback")
            + "?"
            + Sources.query(Map.of("cycle", Integer.toString(cycle))));
  }

  /** A dataset, as an input. */
  static Source datasetSource(Dataset dataset) {
    String digest = dataset.sha256().substring(0, 12);
    return new Source(
        "dataset/" + dataset.id(),
        new Text(
            "Dataset %s: %,d examples, SHA-256 %s…"
                .formatted(dataset.modelName(), dataset.examples(), digest),
            "数据集 %s：%,d 条，SHA-256 %s…".formatted(dataset.modelName(), dataset.examples(), digest)),
        Sources.path("api", "datasets", dataset.id()));
  }
}
