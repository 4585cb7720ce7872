package io.channelwise.launcher.channel;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.attribution.Attribution;
import io.channelwise.bench.measure.Table;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A {@link ChannelAnalysis} as tables for a terminal. */
final class ChannelsText {
  private static final String BREAK = System.lineSeparator();

  private ChannelsText() {}

  static String of(ChannelAnalysis analysis) {
    return String.join(
        BREAK,
        head(analysis),
        attraction(analysis.attraction()),
        ranking(analysis.attraction()),
        allocation(analysis),
        attribution(analysis.attribution()),
        revenue(analysis.attribution()));
  }

  private static String head(ChannelAnalysis analysis) {
    Attraction attraction = analysis.attraction();
    return format(
        "%d rows: %d clicks on %d channels by %d segments, %d purchases%n",
        analysis.rows(),
        attraction.clicks(),
        attraction.ranking().size(),
        attraction.segments().size(),
        analysis.attribution().conversions());
  }

  private static String attraction(Attraction attraction) {
    Table table = new Table("channel", "segment", "P(U)", "clicks", "R(C,U)", "low", "high");
    for (Attraction.Cell cell : attraction.cells()) {
      double weight =
          attraction.segments().stream()
              .filter(u -> u.segment().equals(cell.segment()))
              .findFirst()
              .orElseThrow()
              .weight();
      table.row(
          cell.channel(),
          cell.segment(),
          share(weight),
          Long.toString(cell.clicks()),
          share(cell.share()),
          share(cell.low()),
          share(cell.high()));
    }
    return format(
            "attraction: share of a segment's clicks, %.0f %% credible intervals%n",
            100 * Attraction.LEVEL)
        + table.text();
  }

  private static String ranking(Attraction attraction) {
    Table table = new Table("rank", "channel", "J", "low", "high", "attraction");
    int rank = 1;
    for (Attraction.Ranked ranked : attraction.ranking()) {
      table.row(
          Integer.toString(rank++),
          ranked.channel(),
          format("%.4f", ranked.objective()),
          format("%.4f", ranked.low()),
          format("%.4f", ranked.high()),
          share(ranked.attraction()));
    }
    return format("ranking: J = sum over segments of P(U) log R(C,U)%n") + table.text();
  }

  private static String allocation(ChannelAnalysis analysis) {
    AllocationAnswer answer = analysis.allocation();
    Table table = new Table("channel", "worth of a click", "share", "amount", "marginal");
    for (AllocationAnswer.Share share : answer.shares()) {
      table.row(
          share.channel(),
          format("%.3f", analysis.effects().worth().get(share.channel())),
          share(share.share()),
          share.amount().toPlainString(),
          format("%.3g", share.marginal()));
    }
    Table limits = new Table("binding", "limit", "shadow price", "1 % more adds");
    for (AllocationAnswer.Binding b : answer.binding()) {
      limits.row(
          b.limit().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + (b.channel() == null ? "" : " of " + b.channel()),
          format("%.2f", b.money()),
          format("%.4g", b.shadowPrice()),
          format("%.4f %%", 100 * b.onePerCent()));
    }
    return format(
            "allocation of %s by %s%s: objective %.6f, duality gap %.1e%s%n",
            answer.budget().toPlainString(),
            analysis.effects().basis().name().toLowerCase(Locale.ROOT),
            answer.cautious() ? ", cautious" : "",
            answer.objective(),
            answer.dualityGap(),
            answer.proven() ? " (proven optimum)" : "")
        + table.text()
        + BREAK
        + limits.text()
        + answer.explanation().en()
        + BREAK
        + saturation(analysis);
  }

  /** Only where costs or the user say something of it. */
  private static String saturation(ChannelAnalysis analysis) {
    boolean told =
        analysis.saturation().values().stream()
            .anyMatch(s -> s.days() > 0 || s.halfSaturation() != null);
    if (!told) {
      return "";
    }
    Table table = new Table("channel", "half-saturation", "low", "high", "days", "ratio", "why");
    analysis
        .saturation()
        .forEach(
            (channel, s) ->
                table.row(
                    channel,
                    s.halfSaturation() == null ? "none" : number(s.halfSaturation()),
                    number(s.low()),
                    number(s.high()),
                    Integer.toString(s.days()),
                    s.ratio() == null ? "" : format("%.1f", s.ratio()),
                    s.verdict().label().en()));
    return BREAK
        + format("saturation over %d days, 95 %% profile intervals%n", analysis.days())
        + table.text()
        + String.join(" ", analysis.saturationSentences().stream().map(Text::en).toList())
        + BREAK;
  }

  private static String number(Double value) {
    return value == null ? "" : format("%.2f", value);
  }

  private static String attribution(Attribution attribution) {
    String title =
        format(
            "attribution of %d purchases on %d paths, %.0f %% bootstrap intervals%n",
            attribution.conversions(), attribution.paths(), 100 * attribution.level());
    if (attribution.models().isEmpty()) {
      return title + attribution.explanation().en() + BREAK;
    }
    return title
        + models(attribution, attribution.models(), Attribution.Removal::effect)
        + attribution.explanation().en()
        + BREAK;
  }

  private static String revenue(Attribution attribution) {
    return attribution.revenueModels().isEmpty()
        ? ""
        : format(
                "attribution of the revenue of %.2f, %.0f %% bootstrap intervals%n",
                attribution.revenue(), 100 * attribution.level())
            + models(attribution, attribution.revenueModels(), Attribution.Removal::revenueEffect);
  }

  private static String models(
      Attribution attribution,
      List<Attribution.Model> models,
      ToDoubleFunction<Attribution.Removal> lost) {
    List<String> headings = new ArrayList<>(List.of("channel"));
    models.forEach(m -> headings.add(m.kind().label().en()));
    headings.add("without it lost");
    Table table = new Table(headings.toArray(String[]::new));
    for (Attribution.Removal removal : attribution.markov().removals()) {
      List<String> row = new ArrayList<>(List.of(removal.channel()));
      for (Attribution.Model model : models) {
        Attribution.Credit credit = model.of(removal.channel()).orElseThrow();
        row.add(
            format(
                "%.1f %% (%.1f–%.1f)",
                100 * credit.share(), 100 * credit.low(), 100 * credit.high()));
      }
      row.add(format("%.1f %%", 100 * lost.applyAsDouble(removal)));
      table.row(row.toArray(String[]::new));
    }
    return table.text();
  }

  private static String share(double share) {
    return format("%.4f", share);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
