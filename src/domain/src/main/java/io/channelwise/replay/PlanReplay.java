package io.channelwise.replay;

import io.channelwise.campaign.Text;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanEvaluation;
import io.channelwise.plan.PlanInputs;
import io.channelwise.plan.PlanOptimiser;
import io.channelwise.plan.PlanRanges;
import io.channelwise.replay.Replay.Compared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recorded plan, evaluated again by the data of its cycle's search.
 *
 * @param inputs what the search computed with
 */
record PlanReplay(PlanInputs inputs, Plan recorded, String currency) {
  static final Text HELD_FIXED =
      new Text(
          "Plan: pricing model and service level; competitors' shares and prices, willingness to pay, unit cost, deal terms and the channels' attraction as the cycle's search read them.",
          "方案：定价模式和服务水平；竞争对手的份额与价格、支付意愿、单位成本、合作条款以及渠道吸引度，均以本轮搜索时读取的数据为准。");

  /** Figures, and what the change does to them. */
  record Outcome(List<Compared> figures, List<Text> sentences) {}

  private PlanDecision decision() {
    return new PlanDecision(
        recorded.pricingModel(), recorded.price(), recorded.serviceLevel(), recorded.channels());
  }

  Outcome with(Change change) {
    PlanDecision before = decision();
    PlanDecision after =
        new PlanDecision(
            before.pricingModel(),
            change.price() == null ? before.price() : change.price(),
            before.serviceLevel(),
            change.channels() == null ? before.channels() : sold(change.channels()));
    PlanEvaluation today = PlanOptimiser.evaluate(inputs, before);
    PlanEvaluation replayed = PlanOptimiser.evaluate(inputs, after);
    PlanRanges ranges = PlanOptimiser.ranges(inputs, after);
    List<Compared> figures =
        List.of(
            Compared.of(
                "price", new Text("Price", "价格"), recorded.price(), after.price(), currency),
            Compared.of(
                    "market-share",
                    new Text("Market share (0–1)", "市场份额（0–1）"),
                    recorded.marketShare(),
                    replayed.marketShare(),
                    "")
                .within(ranges.marketShareLow(), ranges.marketShareHigh()),
            Compared.of(
                    "revenue",
                    new Text("Revenue after costs", "扣除成本后的收入"),
                    recorded.revenue(),
                    replayed.revenue(),
                    currency)
                .within(ranges.revenueLow(), ranges.revenueHigh()),
            Compared.of(
                    "satisfaction",
                    new Text("Satisfaction (0–1)", "满意度（0–1）"),
                    recorded.satisfaction(),
                    replayed.satisfaction(),
                    "")
                .within(ranges.satisfactionLow(), ranges.satisfactionHigh()),
            Compared.of(
                "customers",
                new Text("Customers", "客户数"),
                today.customers(),
                replayed.customers(),
                ""));
    return new Outcome(figures, sentences(before, after, today, replayed));
  }

  /** Those that the plan model knows; a channel of the promotion alone sells nothing. */
  private List<String> sold(List<String> channels) {
    return channels.stream()
        .filter(name -> inputs.channels().stream().anyMatch(c -> c.channel().equals(name)))
        .toList();
  }

  private List<Text> sentences(
      PlanDecision before, PlanDecision after, PlanEvaluation today, PlanEvaluation replayed) {
    List<Text> sentences = new ArrayList<>();
    if (today.revenue() != recorded.revenue() || today.marketShare() != recorded.marketShare()) {
      sentences.add(
          new Text(
              "The plan was chosen before the cycle's latest search, whose data the replay uses; part of the difference is due to that.",
              "该方案在本轮最近一次搜索之前选定，而重放使用最近一次搜索的数据；部分差异由此产生。"));
    }
    if (before.equals(after)) {
      return sentences;
    }
    sentences.add(
        new Text(
            String.format(
                Locale.ROOT,
                "At a price of %,.2f %s (recorded: %,.2f) over %s (recorded: %s), the plan's revenue moves by %+,.2f %s to %,.2f, its market share by %+.2f points to %.2f %%, satisfaction by %+.3f to %.3f.",
                after.price(),
                currency,
                before.price(),
                names(after, ", "),
                names(before, ", "),
                replayed.revenue() - recorded.revenue(),
                currency,
                replayed.revenue(),
                100 * (replayed.marketShare() - recorded.marketShare()),
                100 * replayed.marketShare(),
                replayed.satisfaction() - recorded.satisfaction(),
                replayed.satisfaction()),
            String.format(
                Locale.ROOT,
                "价格 %,.2f %s（记录：%,.2f），渠道 %s（记录：%s）时，方案收入变动 %+,.2f %s，为 %,.2f；市场份额变动 %+.2f 个百分点，为 %.2f %%；满意度变动 %+.3f，为 %.3f。",
                after.price(),
                currency,
                before.price(),
                names(after, "、"),
                names(before, "、"),
                replayed.revenue() - recorded.revenue(),
                currency,
                replayed.revenue(),
                100 * (replayed.marketShare() - recorded.marketShare()),
                100 * replayed.marketShare(),
                replayed.satisfaction() - recorded.satisfaction(),
                replayed.satisfaction())));
    replayed
        .violations()
        .forEach(
            v ->
                sentences.add(
                    new Text(
                        "The cycle would not have allowed this plan: " + v.en(),
                        "本轮不允许该方案：" + v.zh())));
    return sentences;
  }

  private static String names(PlanDecision decision, String between) {
    return decision.channels().isEmpty() ? "–" : String.join(between, decision.channels());
  }
}
