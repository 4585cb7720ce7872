package io.channelwise.promotion;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ReportContributor;
import io.channelwise.campaign.Text;
import io.channelwise.channel.EventService;
import io.channelwise.channel.EventTotals;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The report's section on promotion: budget, money spent and what it brought. */
@Component
class PromotionReport implements ReportContributor {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Short enough for the axis of a chart. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private final PromotionRepository promotions;
  private final SpendRepository spends;
  private final ShiftRepository shifts;
  private final MaterialRankRepository ranks;
  private final MaterialFit fit;
  private final CampaignService campaigns;
  private final EventService events;
  private final PromotionSources sources;

  PromotionReport(
      PromotionRepository promotions,
      SpendRepository spends,
      ShiftRepository shifts,
      MaterialRankRepository ranks,
      MaterialFit fit,
      CampaignService campaigns,
      EventService events,
      PromotionSources sources) {
    this.promotions = promotions;
    this.spends = spends;
    this.shifts = shifts;
    this.ranks = ranks;
    this.fit = fit;
    this.campaigns = campaigns;
    this.events = events;
    this.sources = sources;
  }

  /** A channel's line. */
  private record Line(
      String channel, double share, BigDecimal approved, BigDecimal spent, EventTotals totals) {}

  @Override
  public int order() {
    return 50;
  }

  @Override
  public Optional<Briefing> section(String campaignKey, int cycle) {
    Optional<Allocation> allocation = promotions.allocation(campaignKey, cycle);
    return allocation.map(a -> section(campaignKey, cycle, a));
  }

  private Briefing section(String campaignKey, int cycle, Allocation allocation) {
    PromotionRepository.Promotion promotion = promotions.find(campaignKey, cycle).orElseThrow();
    List<Results> collections = spends.collections(campaignKey, cycle);
    List<Line> lines = lines(campaignKey, cycle, allocation, promotion, collections);
    String currency = campaigns.require(campaignKey).currency();
    long clicks = lines.stream().mapToLong(l -> l.totals().clicks()).sum();
    long conversions = lines.stream().mapToLong(l -> l.totals().purchases()).sum();
    List<Table> tables = new ArrayList<>();
    tables.add(channelTable(lines));
    List<Source> shared = sources.budget(campaignKey, cycle, allocation.version());
    BudgetBriefing.reasons(allocation).forEach(table -> tables.add(table.from(shared)));
    promotions
        .inputs(campaignKey, cycle, allocation.version())
        .map(inputs -> inputs.problem().saturations())
        .filter(saturations -> !saturations.isEmpty())
        .ifPresent(found -> tables.add(BudgetBriefing.saturation(found).from(shared)));
    List<ShiftRepository.Recorded> moved = shifts.latest(campaignKey, cycle);
    if (!moved.isEmpty()) {
      tables.add(ShiftTable.of(moved));
    }
    tables.addAll(
        MaterialRankTables.tables(
            ranks.find(campaignKey, cycle),
            ranks.order(campaignKey, cycle),
            PromotionTrace.promotionSource(campaignKey, cycle)));
    if (!collections.isEmpty()) {
      var until = collections.get(collections.size() - 1).collectedAt();
      RankedMaterials measured = RankedMaterials.byClicks(fit.ranking(campaignKey, cycle, until));
      if (!measured.ranks().isEmpty()) {
        tables.add(MaterialRankTables.measured(measured, events.source(campaignKey, null, until)));
      }
    }
    tables.add(dispatchTable(spends.dispatches(campaignKey, cycle)));
    List<Chart> charts = new ArrayList<>();
    charts.add(moneyChart(lines, currency));
    if (collections.size() > 1) {
      charts.add(timeChart(collections));
    }
    return new Briefing(
        new Text("Promotion", "市场推广"),
        new Text(
            "Of %s %s, %s were spent on %d channels; they brought %d clicks and %d purchases."
                .formatted(
                    money(allocation.budget()),
                    currency,
                    money(promotion.spent()),
                    lines.size(),
                    clicks,
                    conversions),
            "预算 %s %s，已在 %d 个渠道支出 %s，带来 %d 次点击和 %d 次购买。"
                .formatted(
                    money(allocation.budget()),
                    currency,
                    lines.size(),
                    money(promotion.spent()),
                    clicks,
                    conversions)),
        figures(promotion, allocation, lines, currency),
        tables,
        charts,
        sources.results(
            campaignKey,
            cycle,
            allocation.version(),
            promotion.dispatchedAt(),
            collections.isEmpty() ? null : collections.get(collections.size() - 1).collectedAt()));
  }

  private static String money(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,.0f", amount);
  }

  private List<Line> lines(
      String campaignKey,
      int cycle,
      Allocation allocation,
      PromotionRepository.Promotion promotion,
      List<Results> collections) {
    Map<String, BigDecimal> spent =
        spends.spentByChannel(campaignKey, cycle).stream()
            .collect(
                Collectors.toMap(SpendRepository.Spent::channel, SpendRepository.Spent::amount));
    Map<String, Allocation.Share> shares =
        allocation.funded().stream().collect(Collectors.toMap(Allocation.Share::channel, s -> s));
    // A channel left out later still has what it had spent.
    TreeSet<String> names = new TreeSet<>(shares.keySet());
    names.addAll(spent.keySet());
    var until =
        collections.isEmpty() ? null : collections.get(collections.size() - 1).collectedAt();
    return names.stream()
        .map(
            name ->
                new Line(
                    name,
                    shares.containsKey(name) ? shares.get(name).share() : 0,
                    shares.containsKey(name) ? shares.get(name).amount() : BigDecimal.ZERO,
                    spent.getOrDefault(name, BigDecimal.ZERO),
                    promotion.dispatchedAt() == null || until == null
                        ? new EventTotals(0, 0, 0, 0, 0)
                        : events.totals(campaignKey, name, promotion.dispatchedAt(), until)))
        .toList();
  }

  private static List<Figure> figures(
      PromotionRepository.Promotion promotion,
      Allocation allocation,
      List<Line> lines,
      String currency) {
    double spent = promotion.spent().doubleValue();
    long conversions = lines.stream().mapToLong(l -> l.totals().purchases()).sum();
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                new Figure(
                    "budget",
                    new Text("Budget", "预算"),
                    allocation.budget().doubleValue(),
                    currency),
                new Figure("spent", new Text("Spent", "已支出"), spent, currency),
                new Figure(
                    "clicks",
                    new Text("Clicks", "点击"),
                    lines.stream().mapToLong(l -> l.totals().clicks()).sum(),
                    ""),
                new Figure("conversions", new Text("Purchases", "购买"), conversions, ""),
                new Figure(
                    "revenue",
                    new Text("Revenue", "收入"),
                    lines.stream().mapToDouble(l -> l.totals().revenue()).sum(),
                    currency)));
    if (allocation.fixedCosts().signum() > 0) {
      figures.add(
          new Figure(
              "fixed-costs",
              new Text("Fixed costs of the channels used", "所用渠道的固定成本"),
              allocation.fixedCosts().doubleValue(),
              currency));
    }
    figures.addAll(BudgetBriefing.proof(allocation.proof()));
    if (conversions > 0) {
      figures.add(
          new Figure(
              "cost-per-purchase",
              new Text("Spent a purchase", "每次购买成本"),
              spent / conversions,
              currency));
    }
    return figures;
  }

  private static Table channelTable(List<Line> lines) {
    return new Table(
        new Text("Channels", "渠道"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Optimal share (0–1)", "最优份额（0–1）"),
            new Text("Approved", "批准金额"),
            new Text("Spent", "已支出"),
            new Text("Clicks", "点击"),
            new Text("Purchases", "购买"),
            new Text("Revenue", "收入")),
        lines.stream()
            .map(
                l ->
                    List.<Object>of(
                        l.channel(),
                        l.share(),
                        l.approved().doubleValue(),
                        l.spent().doubleValue(),
                        l.totals().clicks(),
                        l.totals().purchases(),
                        l.totals().revenue()))
            .toList());
  }

  private static Table dispatchTable(List<SpendRepository.Dispatch> dispatches) {
    return new Table(
        new Text("Messages sent", "已发送消息"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Material", "宣传材料"),
            new Text("State", "状态"),
            new Text("Via", "方式"),
            new Text("Sent", "发送时间"),
            new Text("Reason", "原因")),
        dispatches.stream()
            .map(
                d ->
                    Arrays.<Object>asList(
                        d.channel(),
                        d.material(),
                        d.state(),
                        d.sentVia(),
                        d.sentAt() == null ? null : SECOND.format(d.sentAt()),
                        d.reason()))
            .toList());
  }

  private static Chart moneyChart(List<Line> lines, String currency) {
    return new Chart(
        new Text("Approved and spent, " + currency, "批准与支出（" + currency + "）"),
        "bar",
        lines.stream().map(l -> new Text(l.channel(), l.channel())).toList(),
        List.of(
            new Series(
                new Text("Approved", "批准"),
                lines.stream().map(l -> l.approved().doubleValue()).toList()),
            new Series(
                new Text("Spent", "支出"),
                lines.stream().map(l -> l.spent().doubleValue()).toList())));
  }

  private static Chart timeChart(List<Results> collections) {
    return new Chart(
        new Text("Results over time", "效果变化"),
        "line",
        collections.stream()
            .map(
                c -> {
                  String time = MOMENT.format(c.collectedAt());
                  return new Text(time, time);
                })
            .toList(),
        List.of(
            new Series(
                new Text("Clicks", "点击"),
                collections.stream().map(c -> (double) c.clicks()).toList()),
            new Series(
                new Text("Purchases", "购买"),
                collections.stream().map(c -> (double) c.conversions()).toList())));
  }
}
