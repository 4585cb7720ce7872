package io.channelwise.plan;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.Methods;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import io.channelwise.channel.EventService;
import io.channelwise.deal.DealSources;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the figures of plans were computed from. Thread-safe. */
@Component
class PlanSources {
  private final ImportService imports;
  private final EventService events;

  PlanSources(ImportService imports, EventService events) {
    this.imports = imports;
    this.events = events;
  }

  /** The search's stored inputs, and what those were read from. */
  List<Source> of(String campaignKey, int cycle, String market) {
    Map<String, String> there = Map.of("market", market);
    return List.of(
        search(campaignKey, cycle),
        imports.source(campaignKey, "competitors", there),
        imports.source(campaignKey, "survey", there),
        DealSources.cycle(campaignKey, cycle),
        events.source(campaignKey, null, null),
        Methods.PLAN_SEARCH);
  }

  /** What the search of a cycle read, as it is stored. */
  static Source search(String campaignKey, int cycle) {
    return new Source(
        "plan-search/%s/%d".formatted(campaignKey, cycle),
        new Text(
            "Inputs of the plan search of cycle %d, as stored".formatted(cycle),
            "第 %d 轮方案搜索的输入（已存档）".formatted(cycle)),
        Sources.path("api", "campaigns", campaignKey, "plans", "inputs")
            + "?"
            + Sources.query(Map.of("cycle", Integer.toString(cycle))));
  }

  /** A plan among those found or made by hand. */
  static Source plan(Plan plan) {
    return new Source(
        "plan/" + plan.id(),
        plan.madeBy() == null
            ? new Text("Plan %s among those found".formatted(plan.name()), "已找到方案之一：" + plan.name())
            : new Text(
                "Plan %s, made by hand by %s".formatted(plan.name(), plan.madeBy()),
                "手工制定的方案：%s（%s）".formatted(plan.name(), plan.madeBy())),
        Sources.path("api", "campaigns", plan.campaignKey(), "plans")
            + "?"
            + Sources.query(Map.of("cycle", Integer.toString(plan.cycle()))));
  }
}
