package io.channelwise.research;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.research.Sensitivity.Range;
import io.channelwise.research.Sensitivity.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The ranking in the briefing: markets, parts of the score, how firm the first place is. */
record OpportunitySection(
    OpportunityFigures opportunity, DemandFigures demand, CompetitionFigures competition) {

  static final Text NOBODY =
      new Text("No market is left in which the need is surely above zero.", "没有剩余的、需求确定大于零的市场。");

  List<Table> tables() {
    List<Table> tables = new ArrayList<>(List.of(markets(), parts()));
    if (opportunity.sensitivity() != null) {
      tables.add(sensitivity());
    }
    return tables;
  }

  private Table markets() {
    return new Table(
        new Text("Markets", "市场"),
        List.of(
            new Text("Rank", "名次"),
            new Text("Market", "市场"),
            new Text("Need share", "需求占比"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Willingness to pay", "支付意愿"),
            new Text("Competitors", "竞争对手数"),
            new Text("Leader", "领先者"),
            new Text("Concentration", "集中度"),
            new Text("Mean price", "均价"),
            new Text("Score", "评分"),
            new Text("Score from", "评分下限"),
            new Text("Score to", "评分上限"),
            new Text("Excluded", "已排除")),
        opportunity.ranked().stream().map(this::marketRow).toList());
  }

  private List<Object> marketRow(Opportunity o) {
    Optional<Demand> d = demand.market(o.market()).map(DemandFigures.Market::total);
    Optional<Concentration> c =
        competition.market(o.market()).map(CompetitionFigures.Market::latest);
    return Arrays.asList(
        o.rank(),
        o.market(),
        o.demandShare(),
        d.map(Demand::low).orElse(null),
        d.map(Demand::high).orElse(null),
        d.map(Demand::willingnessToPay).orElse(null),
        c.map(Concentration::competitors).orElse(0),
        c.map(Concentration::leader).orElse(null),
        o.concentration(),
        c.map(Concentration::priceMean).orElse(null),
        o.score(),
        o.scoreLow(),
        o.scoreHigh(),
        o.excluded());
  }

  private Table parts() {
    OpportunityWeights w = opportunity.weights();
    return new Table(
        new Text(
            String.format(
                Locale.ROOT,
                "Score = %.2f need + %.2f room + %.2f growth + %.2f payment",
                w.need(),
                w.room(),
                w.growth(),
                w.payment()),
            String.format(
                Locale.ROOT,
                "评分 = %.2f 需求 + %.2f 空间 + %.2f 增长 + %.2f 支付",
                w.need(),
                w.room(),
                w.growth(),
                w.payment())),
        List.of(
            new Text("Market", "市场"),
            new Text("Need (lower bound)", "需求（下限）"),
            new Text("Room (1 − HHI)", "空间（1 − HHI）"),
            new Text("Growth (0.5 + growth)", "增长（0.5 + 增长率）"),
            new Text(
                "Payment (would pay the competitors' mean price, lower bound)", "支付（愿付竞争对手均价者，下限）"),
            new Text("Score", "评分")),
        opportunity.ranked().stream()
            .map(
                o ->
                    List.<Object>of(
                        o.market(),
                        o.needPart(),
                        o.roomPart(),
                        o.growthPart(),
                        o.paymentPart(),
                        o.score()))
            .toList());
  }

  private Table sensitivity() {
    String first = opportunity.sensitivity().first();
    return new Table(
        new Text(
            "Weights with which %s stays first (the others keep their proportions)"
                .formatted(first),
            "使“%s”保持首位的权重范围（其余权重保持比例）".formatted(first)),
        List.of(
            new Text("Part", "组成"),
            new Text("Weight", "权重"),
            new Text("From", "下限"),
            new Text("To", "上限"),
            new Text("First below", "低于下限时首位"),
            new Text("First above", "高于上限时首位")),
        opportunity.sensitivity().ranges().stream().map(this::rangeRow).toList());
  }

  private List<Object> rangeRow(Range range) {
    return Arrays.asList(
        name(range.part()),
        range.weight(),
        range.low(),
        range.high(),
        range.firstBelow(),
        range.firstAbove());
  }

  private static Text name(String part) {
    return switch (part) {
      case "need" -> new Text("need", "需求");
      case "room" -> new Text("room", "空间");
      case "growth" -> new Text("growth", "增长");
      case "payment" -> new Text("payment", "支付");
      default -> throw new IllegalArgumentException("The score has no part “%s”.".formatted(part));
    };
  }

  /** Whose weights they are, in one sentence; empty for the default. */
  Text owner() {
    OpportunityWeights w = opportunity.weights();
    String en =
        String.format(
            Locale.ROOT,
            "need %.3f, room %.3f, growth %.3f, payment %.3f",
            w.need(),
            w.room(),
            w.growth(),
            w.payment());
    String zh =
        String.format(
            Locale.ROOT,
            "需求 %.3f、空间 %.3f、增长 %.3f、支付 %.3f",
            w.need(),
            w.room(),
            w.growth(),
            w.payment());
    return switch (opportunity.chosenBy()) {
      case DEFAULT -> new Text("", "");
      case CAMPAIGN ->
          new Text(
              " The weights are set for the campaign: %s.".formatted(en),
              "权重由活动设定：%s。".formatted(zh));
      case PERSON ->
          new Text(
              " The weights were chosen by the person who asked for the analysis again: %s."
                  .formatted(en),
              "权重由要求重新分析者选定：%s。".formatted(zh));
    };
  }

  /** The same, naming the market. */
  static Text firmness(String first, Sensitivity sensitivity) {
    Text firm = firmness(sensitivity);
    return new Text(
        "%s is first. %s".formatted(first, firm.en()), "“%s”居首位。%s".formatted(first, firm.zh()));
  }

  /** How far the weights can move, in one sentence. */
  static Text firmness(Sensitivity sensitivity) {
    if (sensitivity == null) {
      return new Text("It is the only viable one.", "这是唯一可行的市场。");
    }
    Shift shift = sensitivity.shift();
    if (shift == null) {
      return new Text("It is first with any weights.", "无论权重如何，它都居首位。");
    }
    return new Text(
        String.format(
            Locale.ROOT,
            "It stays first until %.3f of the weight moves, most of it from %s to %s; then %s draws level.",
            shift.amount(),
            name(shift.from()).en(),
            name(shift.to()).en(),
            shift.market()),
        String.format(
            Locale.ROOT,
            "权重移动不足 %.3f（主要由%s移至%s）时它保持首位；达到时“%s”与之持平。",
            shift.amount(),
            name(shift.from()).zh(),
            name(shift.to()).zh(),
            shift.market()));
  }

  List<Chart> charts() {
    OpportunityWeights w = opportunity.weights();
    return List.of(
        new Chart(
            new Text("Score by market", "各市场评分"),
            "bar",
            opportunity.ranked().stream().map(o -> new Text(o.market(), o.market())).toList(),
            List.of(
                weighted("Need", "需求", o -> w.need() * o.needPart()),
                weighted("Room", "空间", o -> w.room() * o.roomPart()),
                weighted("Growth", "增长", o -> w.growth() * o.growthPart()),
                weighted("Payment", "支付", o -> w.payment() * o.paymentPart()))));
  }

  private Series weighted(String en, String zh, ToDoubleFunction<Opportunity> part) {
    return new Series(
        new Text(en, zh), opportunity.ranked().stream().map(part::applyAsDouble).toList());
  }
}
