package io.channelwise.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a cycle's promotion recorded: the inputs of the figures people see of it. Thread-safe. */
@Service
public class PromotionTrace {
  private final PromotionTraceRepository recorded;

  PromotionTrace(PromotionTraceRepository recorded) {
    this.recorded = recorded;
  }

  /**
   * Budget, ranking of the materials (null before there is one), versions of the allocation, money
   * released, messages sent, results collected and money moved, each with its time; empty when the
   * cycle has no promotion.
   */
  public Optional<JsonNode> promotion(String campaignKey, int cycle) {
    return recorded.promotion(campaignKey, cycle);
  }

  /**
   * One allocation whole: shares, binding limits, certificate, reasons and all it was computed from
   * ({@code inputs}, null for those made before inputs were kept); empty when there is none.
   */
  public Optional<JsonNode> allocation(String campaignKey, int cycle, int version) {
    return recorded.allocation(campaignKey, cycle, version);
  }

  /** A cycle's promotion as an input. */
  static Source promotionSource(String campaignKey, int cycle) {
    return new Source(
        "promotion/%s/%d".formatted(campaignKey, cycle),
        new Text(
            "Money released, messages sent and results collected in cycle " + cycle,
            "第 %d 轮的资金发放、消息发送与效果收集记录".formatted(cycle)),
        Sources.path("api", "campaigns", campaignKey, "promotions", Integer.toString(cycle)));
  }

  /** An allocation as an input. */
  public static Source allocationSource(String campaignKey, int cycle, int version) {
    return new Source(
        "allocation/%s/%d/%d".formatted(campaignKey, cycle, version),
        new Text(
            "Allocation version %d of cycle %d with its inputs".formatted(version, cycle),
            "第 %d 轮预算分配（版本 %d）及其输入".formatted(cycle, version)),
        Sources.path(
            "api",
            "campaigns",
            campaignKey,
            "promotions",
            Integer.toString(cycle),
            "allocations",
            Integer.toString(version)));
  }
}
