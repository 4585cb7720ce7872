package io.channelwise.deal;

import static io.channelwise.deal.DealBriefing.NO_REASON;
import static io.channelwise.deal.DealBriefing.format;
import static io.channelwise.deal.DealBriefing.money;
import static io.channelwise.deal.DealBriefing.onTheTable;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import java.util.List;
import java.util.Map;

/** All deals of a cycle, for the report and the channel manager. */
final class DealSummary {
  private DealSummary() {}

  static Briefing of(Campaign campaign, List<Deal> all, Map<String, Text> reasons) {
    List<Deal> signed = all.stream().filter(d -> d.state() == DealState.SIGNED).toList();
    double expected = signed.stream().mapToDouble(Deal::expectedRevenue).sum();
    double cost = signed.stream().mapToDouble(Deal::contractValue).sum();
    String money = campaign.currency();
    return new Briefing(
        new Text("Deals", "合作协议"),
        new Text(
            format(
                "%d of %d negotiations are signed; they promise %,.0f %s a cycle and cost %,.0f %s.",
                signed.size(), all.size(), expected, money, cost, money),
            format(
                "%d 个谈判中有 %d 个签约；预计每周期收入 %,.0f %s，成本 %,.0f %s。",
                all.size(), signed.size(), expected, money, cost, money)),
        List.of(
            new Figure("negotiations", new Text("Negotiations", "谈判数"), all.size(), ""),
            new Figure("signed", new Text("Signed", "签约数"), signed.size(), ""),
            money("expected-revenue", "Expected revenue", "预计收入", expected, money),
            money("contract-value", "Cost of the contracts", "合同成本", cost, money)),
        List.of(dealTable(all, reasons, money)),
        all.isEmpty() ? List.of() : List.of(valueChart(all)));
  }

  private static Table dealTable(List<Deal> all, Map<String, Text> reasons, String money) {
    return new Table(
        new Text("Deals", "合作协议"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("State", "状态"),
            new Text("Rounds", "轮次"),
            new Text("Revenue share", "分成"),
            new Text("Fixed fee (%s)".formatted(money), "固定费用（%s）".formatted(money)),
            new Text("Expected revenue", "预计收入"),
            new Text("Left for us", "我方所得"),
            new Text("Why this offer", "报价理由"),
            new Text("Deal", "协议编号")),
        all.stream()
            .map(
                d ->
                    List.<Object>of(
                        d.channel(),
                        new Text(d.state().text(), d.state().zh()),
                        d.round(),
                        onTheTable(d).revenueShare(),
                        onTheTable(d).fixedFee(),
                        d.expectedRevenue(),
                        onTheTable(d).value(d.expectedRevenue()),
                        reasons.getOrDefault(d.id(), NO_REASON),
                        d.id()))
            .toList());
  }

  private static Chart valueChart(List<Deal> all) {
    List<Double> values = all.stream().map(d -> onTheTable(d).value(d.expectedRevenue())).toList();
    return new Chart(
        new Text("Left for us by channel", "各渠道我方所得"),
        "bar",
        all.stream().map(d -> new Text(d.channel(), d.channel())).toList(),
        List.of(new Series(new Text("Left for us", "我方所得"), values)));
  }
}
