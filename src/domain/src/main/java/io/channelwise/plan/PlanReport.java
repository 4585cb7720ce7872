package io.channelwise.plan;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ReportContributor;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Step 3 in the report: the plan chosen, and what it was chosen from. Thread-safe. */
@Component
class PlanReport implements ReportContributor {
  private final CampaignService campaigns;
  private final BriefingService briefings;
  private final PlanService plans;

  PlanReport(CampaignService campaigns, BriefingService briefings, PlanService plans) {
    this.campaigns = campaigns;
    this.briefings = briefings;
    this.plans = plans;
  }

  @Override
  public int order() {
    return 40;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    Optional<Briefing> choice = briefings.find(PlanService.briefingId(campaignKey, cycle));
    Optional<Plan> published = plans.published(campaignKey, cycle);
    return choice.map(
        b -> published.map(p -> chosen(campaigns.require(campaignKey), b, p)).orElse(b));
  }

  private Briefing chosen(Campaign campaign, Briefing choice, Plan plan) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("published-plan", new Text("Published", "已发布方案"), plan.name(), ""));
    figures.add(
        new Figure("plan-price", new Text("Price", "价格"), plan.price(), campaign.currency()));
    figures.add(
        new Figure(
            "plan-market-share",
            new Text("Market share expected", "预计市场占有率"),
            plan.marketShare(),
            "%"));
    figures.add(
        new Figure(
            "plan-revenue",
            new Text("Revenue expected after all costs", "预计扣除成本后的收入"),
            plan.revenue(),
            campaign.currency()));
    figures.add(
        new Figure(
            "plan-satisfaction",
            new Text("Satisfaction expected", "预计满意度"),
            plan.satisfaction(),
            "%"));
    List<Source> chosen = List.of(PlanSources.plan(plan));
    return new Briefing(
        choice.title(),
        summary(plan),
        figures.stream().map(figure -> figure.from(chosen)).toList(),
        choice.tables(),
        choice.charts(),
        choice.sources());
  }

  private Text summary(Plan plan) {
    Text chosen =
        new Text(
            "%s was chosen, with %s.".formatted(plan.name(), String.join(", ", plan.channels())),
            "已选定：%s；渠道：%s。".formatted(plan.name(), String.join("、", plan.channels())));
    if (plan.madeBy() == null) {
      return chosen;
    }
    Text standing = plans.standing(plan);
    return new Text(
        "%s It was made by hand by %s. %s".formatted(chosen.en(), plan.madeBy(), standing.en()),
        "%s该方案由 %s 手工制定。%s".formatted(chosen.zh(), plan.madeBy(), standing.zh()));
  }
}
