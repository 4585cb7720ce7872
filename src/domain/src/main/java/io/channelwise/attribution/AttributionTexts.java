package io.channelwise.attribution;

import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Attribution.Markov;
import io.channelwise.attribution.Attribution.Model;
import io.channelwise.campaign.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What an attribution says, in words. */
final class AttributionTexts {
  private AttributionTexts() {}

  static Text nothingBought(Paths paths) {
    return new Text(
        String.format(
            Locale.ROOT,
            "None of %d paths ended in a purchase, so there is nothing to attribute; bring events of"
                + " type purchase.",
            paths.count()),
        String.format(Locale.ROOT, "%d 条路径均未以购买结束，无可归因；请提供类型为购买的事件。", paths.count()));
  }

  static Text explain(
      Paths paths,
      List<Model> models,
      List<Model> ofRevenue,
      Markov markov,
      AttributionSettings settings,
      int usable) {
    Credit best = best(models);
    double last = models.get(Kind.LAST.ordinal()).of(best.channel()).orElseThrow().share();
    double effect =
        markov.removals().stream()
            .filter(r -> r.channel().equals(best.channel()))
            .findFirst()
            .orElseThrow()
            .effect();
    Object[] figures = {
      best.channel(),
      100 * best.share(),
      paths.conversions(),
      markov.order(),
      100 * settings.level(),
      100 * best.low(),
      100 * best.high(),
      100 * last,
      100 * effect
    };
    return new Text(
        String.format(
                Locale.ROOT,
                "Channel %s earns %.1f %% of %d purchases by the Markov chain of order %d (%.0f %% interval"
                    + " %.1f %% to %.1f %%) and %.1f %% by the last touch; without it %.1f %% of the"
                    + " purchases would be lost.",
                figures)
            + revenue(paths, ofRevenue, settings).en()
            + simple(paths).en()
            + few(settings, usable).en(),
        String.format(
                Locale.ROOT,
                "按 %4$d 阶马尔可夫链，渠道“%1$s”贡献了 %3$d 次购买的 %2$.1f%%（%5$.0f%% 区间 %6$.1f%% 至 %7$.1f%%），按末次触点为"
                    + " %8$.1f%%；若没有它，将失去 %9$.1f%% 的购买。",
                figures)
            + revenue(paths, ofRevenue, settings).zh()
            + simple(paths).zh()
            + few(settings, usable).zh());
  }

  private static Credit best(List<Model> models) {
    return models.get(Kind.MARKOV.ordinal()).credits().stream()
        .max(
            Comparator.comparingDouble(Credit::share)
                .thenComparing(Credit::channel, Comparator.reverseOrder()))
        .orElseThrow();
  }

  private static Text revenue(Paths paths, List<Model> ofRevenue, AttributionSettings settings) {
    if (ofRevenue.isEmpty()) {
      return new Text("", "");
    }
    Credit best = best(ofRevenue);
    Object[] figures = {
      best.channel(),
      100 * best.share(),
      paths.revenue(),
      100 * settings.level(),
      100 * best.low(),
      100 * best.high()
    };
    return new Text(
        String.format(
            Locale.ROOT,
            " Of the revenue of %3$,.2f channel %1$s earns most, %2$.1f %% (%4$.0f %% interval %5$.1f %% to %6$.1f %%).",
            figures),
        String.format(
            Locale.ROOT,
            "在 %3$,.2f 的收入中，渠道“%1$s”贡献最多，为 %2$.1f%%（%4$.0f%% 区间 %5$.1f%% 至 %6$.1f%%）。",
            figures));
  }

  /** Where each path has one touch, models cannot differ: better said than wondered about. */
  private static Text simple(Paths paths) {
    boolean oneTouch = paths.distinct().stream().allMatch(p -> p.touches().length() == 1);
    return oneTouch
        ? new Text(" Every path has a single touch, so all models agree.", "每条路径只有一个触点，故各模型结果一致。")
        : new Text("", "");
  }

  private static Text few(AttributionSettings settings, int usable) {
    return usable == settings.replications()
        ? new Text("", "")
        : new Text(
            String.format(
                Locale.ROOT,
                " Purchases are so few that %d of %d resamples held none; read the intervals with"
                    + " care.",
                settings.replications() - usable,
                settings.replications()),
            String.format(
                Locale.ROOT,
                "购买过少，%2$d 次重抽样中有 %1$d 次不含购买，请谨慎看待区间。",
                settings.replications() - usable,
                settings.replications()));
  }
}
