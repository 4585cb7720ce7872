package io.channelwise.research;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.research.CompetitionFigures.Market;
import io.channelwise.research.CompetitionFigures.Momentum;
import io.channelwise.research.CompetitionFigures.Rival;
import io.channelwise.research.CompetitionFigures.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Competitors in the briefing. */
record CompetitionSection(CompetitionFigures competition) {
  /** More lines cannot be told apart. */
  private static final int LINES_MAX = 6;

  private static final int RIVALS_MAX = 10;

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(concentration());
    tables.add(rivals());
    if (competition.markets().stream()
        .anyMatch(m -> !m.strengths().isEmpty() || !m.weaknesses().isEmpty())) {
      tables.add(traits());
    }
    if (competition.markets().stream().anyMatch(m -> !m.doubts().isEmpty())) {
      tables.add(doubts());
    }
    return tables;
  }

  private Table concentration() {
    return new Table(
        new Text(
            "Concentration in the latest period; the upper bound counts the unnamed rest as few competitors, none larger than the smallest named",
            "最近时期的集中度；上限假设未列出的部分由少数竞争者持有，且均不大于已列出的最小者"),
        List.of(
            new Text("Market", "市场"),
            new Text("Period", "时期"),
            new Text("HHI at least", "HHI 下限"),
            new Text("HHI at most", "HHI 上限"),
            new Text("Effective competitors", "有效竞争者数"),
            new Text("Shares named", "已列占有率之和"),
            new Text("Lowest price", "最低价"),
            new Text("Highest price", "最高价")),
        competition.markets().stream()
            .map(
                m ->
                    Arrays.<Object>asList(
                        m.market(),
                        m.periods().get(m.periods().size() - 1),
                        m.latest().hhi(),
                        m.latest().hhiHigh(),
                        m.latest().effective(),
                        m.latest().shareSum(),
                        m.latest().priceMin(),
                        m.latest().priceMax()))
            .toList());
  }

  private Table rivals() {
    return new Table(
        new Text("Competitors and their momentum (points a year)", "竞争对手及其动量（每年百分点）"),
        List.of(
            new Text("Market", "市场"),
            new Text("Competitor", "竞争对手"),
            new Text("Share", "占有率"),
            new Text("Price", "价格"),
            new Text("Change of share", "占有率变化"),
            new Text("95 % from", "95% 下限"),
            new Text("95 % to", "95% 上限"),
            new Text("Direction", "方向"),
            new Text("Change of price", "价格变化")),
        competition.markets().stream()
            .flatMap(m -> m.rivals().stream().limit(RIVALS_MAX).map(r -> rivalRow(m, r)))
            .toList());
  }

  private List<Object> rivalRow(Market market, Rival rival) {
    Momentum momentum = rival.momentum();
    return Arrays.asList(
        market.market(),
        rival.competitor(),
        rival.share(),
        rival.price(),
        momentum == null ? null : 100 * momentum.change(),
        momentum == null || momentum.low() == null ? null : 100 * momentum.low(),
        momentum == null || momentum.high() == null ? null : 100 * momentum.high(),
        direction(momentum),
        momentum == null ? null : momentum.priceChange());
  }

  private static Text direction(Momentum momentum) {
    if (momentum == null || momentum.low() == null) {
      return new Text("too few periods to say", "时期太少，无法判断");
    }
    return switch (momentum.direction()) {
      case 1 -> new Text("rising", "上升");
      case -1 -> new Text("falling", "下降");
      default -> new Text("no clear change", "无明显变化");
    };
  }

  private Table traits() {
    Text strength = new Text("strength", "优势");
    Text weakness = new Text("weakness", "劣势");
    return new Table(
        new Text("What competitors are good and bad at", "竞争对手的优势与劣势"),
        List.of(
            new Text("Market", "市场"),
            new Text("Kind", "类型"),
            new Text("What", "内容"),
            new Text("Share of the market that has it", "具备者的占有率之和"),
            new Text("Competitors", "竞争对手")),
        competition.markets().stream()
            .flatMap(
                m ->
                    Stream.concat(
                        m.strengths().stream().map(t -> traitRow(m, strength, t)),
                        m.weaknesses().stream().map(t -> traitRow(m, weakness, t))))
            .toList());
  }

  private List<Object> traitRow(Market market, Text kind, Trait trait) {
    return List.of(
        market.market(),
        kind,
        trait.name(),
        trait.share(),
        new Text(String.join(", ", trait.competitors()), String.join("、", trait.competitors())));
  }

  private Table doubts() {
    return new Table(
        new Text("Doubts about the shares brought", "对所提供占有率的疑点"),
        List.of(new Text("Market", "市场"), new Text("Doubt", "疑点")),
        competition.markets().stream()
            .flatMap(m -> m.doubts().stream().map(d -> List.<Object>of(m.market(), d)))
            .toList());
  }

  List<Chart> charts(String market) {
    return competition
        .market(market)
        .map(m -> m.periods().size() > 1 ? List.of(map(m), sharesOverTime(m)) : List.of(map(m)))
        .orElse(List.of());
  }

  private static Chart map(Market market) {
    List<Rival> there = market.rivals().stream().filter(r -> r.share() != null).toList();
    return new Chart(
        new Text("Price against share in " + market.market(), "“" + market.market() + "”的价格与占有率"),
        "scatter",
        there.stream().map(r -> both(r.competitor())).toList(),
        List.of(
            new Series(new Text("Price", "价格"), there.stream().map(Rival::price).toList()),
            new Series(
                new Text("Market share", "市场占有率"), there.stream().map(Rival::share).toList())));
  }

  private static Chart sharesOverTime(Market market) {
    return new Chart(
        new Text("Shares over time in " + market.market(), "“" + market.market() + "”的占有率变化"),
        "line",
        market.periods().stream().map(CompetitionSection::both).toList(),
        market.rivals().stream()
            .limit(LINES_MAX)
            .map(r -> new Series(both(r.competitor()), r.shares()))
            .toList());
  }

  private static Text both(String name) {
    return new Text(name, name);
  }
}
