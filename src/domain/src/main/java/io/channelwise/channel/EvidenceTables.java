package io.channelwise.channel;

import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Attribution.Model;
import io.channelwise.attribution.Attribution.Removal;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How sure the scores are and who earned the purchases: the scored channels, the best first. */
final class EvidenceTables {
  private static final Text CHANNEL = new Text("Channel", "渠道");
  private static final Text LOW = new Text("Low", "下限");
  private static final Text HIGH = new Text("High", "上限");
  private static final int LEVEL = (int) Math.round(100 * Attraction.LEVEL);

  private EvidenceTables() {}

  static Table intervals(List<ChannelScore> scores, Attraction attraction) {
    List<List<Object>> rows = new ArrayList<>();
    for (ChannelScore score : scores) {
      for (Attraction.Segment segment : attraction.segments()) {
        Attraction.Cell cell = attraction.cell(score.channel(), segment.segment()).orElseThrow();
        rows.add(
            List.of(
                cell.channel(),
                cell.segment(),
                cell.clicks(),
                cell.share(),
                cell.low(),
                cell.high()));
      }
    }
    return new Table(
        new Text(
            "Attraction R(C,U) with %d %% credible intervals".formatted(LEVEL),
            "吸引度 R(C,U) 及其 %d%% 可信区间".formatted(LEVEL)),
        List.of(
            CHANNEL,
            new Text("Segment", "用户群"),
            new Text("Clicks", "点击数"),
            new Text("Share", "占比"),
            LOW,
            HIGH),
        rows);
  }

  static Table objectives(List<ChannelScore> scores, Attraction attraction) {
    return new Table(
        new Text(
            "Objective J with %d %% credible intervals".formatted(LEVEL),
            "目标值 J 及其 %d%% 可信区间".formatted(LEVEL)),
        List.of(CHANNEL, new Text("Objective J", "目标值 J"), LOW, HIGH),
        scores.stream()
            .map(score -> attraction.of(score.channel()).orElseThrow())
            .map(r -> List.<Object>of(r.channel(), r.objective(), r.low(), r.high()))
            .toList());
  }

  /** Shares of the purchases by each model; empty rows when nobody bought. */
  static Table attribution(List<ChannelScore> scores, Attribution attribution) {
    return models(
        new Text(
            "Share of %d purchases earned, by attribution model"
                .formatted(attribution.conversions()),
            "各归因模型下 %d 次购买的贡献占比".formatted(attribution.conversions())),
        attribution.models(),
        scores,
        channel -> removal(attribution, channel).effect());
  }

  /** Shares of the revenue by each model; nothing when there was none. */
  static Optional<Table> revenue(
      String currency, List<ChannelScore> scores, Attribution attribution) {
    if (attribution.revenueModels().isEmpty()) {
      return Optional.empty();
    }
    String total = String.format(Locale.ROOT, "%,.2f %s", attribution.revenue(), currency);
    return Optional.of(
        models(
            new Text(
                "Share of the revenue of %s earned, by attribution model".formatted(total),
                "各归因模型下收入（%s）的贡献占比".formatted(total)),
            attribution.revenueModels(),
            scores,
            channel -> removal(attribution, channel).revenueEffect()));
  }

  /**
   * @param lost what would be lost without a channel
   */
  private static Table models(
      Text title, List<Model> models, List<ChannelScore> scores, ToDoubleFunction<String> lost) {
    List<Text> columns = new ArrayList<>(List.of(CHANNEL));
    models.forEach(model -> columns.add(model.kind().label()));
    columns.add(new Text("Markov: low", "马尔可夫：下限"));
    columns.add(new Text("Markov: high", "马尔可夫：上限"));
    columns.add(new Text("Lost without it", "缺少该渠道的损失"));
    List<List<Object>> rows = new ArrayList<>();
    for (ChannelScore score : models.isEmpty() ? List.<ChannelScore>of() : scores) {
      List<Object> row = new ArrayList<>(List.of(score.channel()));
      models.forEach(model -> row.add(model.of(score.channel()).orElseThrow().share()));
      Credit markov = models.get(Kind.MARKOV.ordinal()).of(score.channel()).orElseThrow();
      row.add(markov.low());
      row.add(markov.high());
      row.add(lost.applyAsDouble(score.channel()));
      rows.add(row);
    }
    return new Table(title, columns, rows);
  }

  private static Removal removal(Attribution attribution, String channel) {
    return attribution.markov().removals().stream()
        .filter(r -> r.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  /** Last touch beside the Markov chain: where they differ, the last touch misleads. */
  static Optional<Chart> attributionChart(List<ChannelScore> scores, Attribution attribution) {
    if (attribution.models().isEmpty()) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>();
    for (Kind kind : List.of(Kind.LAST, Kind.MARKOV, Kind.SHAPLEY)) {
      Model model = attribution.model(kind).orElseThrow();
      series.add(
          new Series(
              kind.label(),
              scores.stream().map(s -> model.of(s.channel()).orElseThrow().share()).toList()));
    }
    return Optional.of(
        new Chart(
            new Text("Share of the purchases earned", "购买贡献占比"),
            "bar",
            scores.stream().map(s -> new Text(s.channel(), s.channel())).toList(),
            series));
  }
}
