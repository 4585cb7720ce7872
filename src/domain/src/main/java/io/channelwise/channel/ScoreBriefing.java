package io.channelwise.channel;

import io.channelwise.attribution.Attribution;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the channel manager sees before approving the shortlist. */
final class ScoreBriefing {
  private ScoreBriefing() {}

  static Briefing of(
      Campaign campaign,
      String market,
      List<ChannelScore> scores,
      Attraction attraction,
      Attribution attribution) {
    List<Chart> charts = new ArrayList<>();
    if (!scores.isEmpty()) {
      charts.add(scoreChart(scores));
      EvidenceTables.attributionChart(scores, attribution).ifPresent(charts::add);
    }
    return new Briefing(
        new Text("Channels for " + market, market + "的渠道"),
        summary(market, scores, attraction, attribution),
        figures(campaign, market, scores, attraction, attribution),
        tables(campaign, scores, attraction, attribution),
        charts);
  }

  private static List<Figure> figures(
      Campaign campaign,
      String market,
      List<ChannelScore> scores,
      Attraction attraction,
      Attribution attribution) {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(
        List.of(
            new Figure("market", new Text("Target market", "目标市场"), market, ""),
            new Figure("channels", new Text("Channels scored", "评分渠道数"), scores.size(), ""),
            new Figure("clicks", new Text("Clicks analysed", "分析的点击数"), attraction.clicks(), ""),
            new Figure(
                "purchases",
                new Text("Purchases attributed", "归因的购买数"),
                attribution.conversions(),
                ""),
            new Figure(
                "revenue",
                new Text("Revenue attributed", "归因的收入"),
                attribution.revenue(),
                campaign.currency())));
    SegmentWeights.figure(attraction).ifPresent(figures::add);
    return figures;
  }

  private static List<Table> tables(
      Campaign campaign,
      List<ChannelScore> scores,
      Attraction attraction,
      Attribution attribution) {
    List<Table> tables = new ArrayList<>();
    tables.add(scoreTable(campaign, scores));
    tables.add(segmentTable(scores, attraction));
    SegmentWeights.table(attraction).ifPresent(tables::add);
    tables.add(EvidenceTables.intervals(scores, attraction));
    tables.add(EvidenceTables.objectives(scores, attraction));
    tables.add(EvidenceTables.attribution(scores, attribution));
    EvidenceTables.revenue(campaign.currency(), scores, attribution).ifPresent(tables::add);
    return tables;
  }

  private static Text summary(
      String market, List<ChannelScore> scores, Attraction attraction, Attribution attribution) {
    if (scores.isEmpty()) {
      return new Text(
          "No channel serves the market %s; add one to channels.csv.".formatted(market),
          "没有渠道服务于市场“%s”，请在 channels.csv 中补充。".formatted(market));
    }
    ChannelScore best = scores.get(0);
    String basisEn =
        attraction.clicks() == 0
            ? "There are no clicks yet, so attraction counts the same for all."
            : "Attraction rests on %d clicks. %s"
                .formatted(attraction.clicks(), SegmentWeights.sentence(attraction).en());
    String basisZh =
        attraction.clicks() == 0
            ? "尚无点击数据，各渠道吸引度相同。"
            : "吸引度依据 %d 次点击。%s"
                .formatted(attraction.clicks(), SegmentWeights.sentence(attraction).zh());
    return new Text(
        String.format(
            Locale.ROOT,
            "%s scores best with %.2f of 1. %s %s",
            best.channel(),
            best.score(),
            basisEn,
            attribution.explanation().en()),
        String.format(
            Locale.ROOT,
            "%s得分最高（%.2f，满分 1）。%s%s",
            best.channel(),
            best.score(),
            basisZh,
            attribution.explanation().zh()));
  }

  private static Table scoreTable(Campaign campaign, List<ChannelScore> scores) {
    String currency = campaign.currency();
    return new Table(
        new Text("Scores", "评分"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Kind", "类型"),
            new Text("Score (0 to 1)", "得分（0 至 1）"),
            new Text("Objective J", "目标值 J"),
            new Text("Attraction", "吸引度"),
            new Text("Reach", "覆盖人数"),
            new Text("Fixed cost (%s)".formatted(currency), "固定成本（%s）".formatted(currency)),
            new Text("Revenue share", "分成")),
        scores.stream().map(ScoreBriefing::row).toList());
  }

  private static List<Object> row(ChannelScore s) {
    return List.of(
        s.channel(),
        s.kind(),
        s.score(),
        s.objective(),
        s.attraction(),
        s.reach(),
        s.fixedCost(),
        s.revenueShare());
  }

  /** Rows: the segments; columns: weight P(U), then R(C,U) of each scored channel. */
  private static Table segmentTable(List<ChannelScore> scores, Attraction attraction) {
    List<Text> columns = new ArrayList<>();
    columns.add(new Text("Segment", "用户群"));
    columns.add(new Text("Weight", "权重"));
    scores.forEach(s -> columns.add(new Text(s.channel(), s.channel())));
    List<List<Object>> rows =
        attraction.segments().stream().map(u -> segmentRow(u, scores, attraction)).toList();
    return new Table(
        new Text("Share of a segment's clicks by channel", "各用户群点击的渠道占比"), columns, rows);
  }

  private static List<Object> segmentRow(
      Attraction.Segment segment, List<ChannelScore> scores, Attraction attraction) {
    Object[] row = new Object[scores.size() + 2];
    row[0] = segment.segment();
    row[1] = segment.weight();
    for (int i = 0; i < scores.size(); i++) {
      row[i + 2] =
          attraction.cell(scores.get(i).channel(), segment.segment()).orElseThrow().share();
    }
    return Arrays.asList(row);
  }

  private static Chart scoreChart(List<ChannelScore> scores) {
    return new Chart(
        new Text("Score by channel", "各渠道得分"),
        "bar",
        scores.stream().map(s -> new Text(s.channel(), s.channel())).toList(),
        List.of(
            new Series(
                new Text("Score", "得分"), scores.stream().map(ChannelScore::score).toList())));
  }
}
