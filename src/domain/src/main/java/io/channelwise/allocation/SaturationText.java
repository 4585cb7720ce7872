package io.channelwise.allocation;

import io.channelwise.allocation.Saturation.Verdict;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Says which channels saturate and why others are taken as not saturating. */
public final class SaturationText {
  private SaturationText() {}

  /**
   * @param saturations by channel
   * @param currency empty when not known
   * @param span in which the money is spent, as {@code over 14 days}
   * @return one sentence a channel that saturates and one for each reason why others do not
   */
  public static List<Text> of(
      SortedMap<String, Saturation> saturations, String currency, Text span) {
    List<Text> sentences = new ArrayList<>();
    Map<Verdict, List<String>> others = new EnumMap<>(Verdict.class);
    saturations.forEach(
        (channel, saturation) -> {
          if (saturation.halfSaturation() == null) {
            others.computeIfAbsent(saturation.verdict(), v -> new ArrayList<>()).add(channel);
          } else {
            sentences.add(taken(channel, saturation, currency, span));
          }
        });
    others.forEach(
        (verdict, channels) ->
            sentences.add(
                new Text(
                    "No saturation is taken for %s: %s."
                        .formatted(String.join(", ", channels), verdict.label().en()),
                    "对 %s 不采用饱和曲线：%s。"
                        .formatted(String.join("、", channels), verdict.label().zh()))));
    return sentences;
  }

  private static Text taken(String channel, Saturation s, String currency, Text span) {
    String half = money(s.halfSaturation(), currency);
    if (s.verdict() == Verdict.GIVEN) {
      return new Text(
          "%s reaches half of what it can bring at a spend of %s, as given."
              .formatted(channel, half),
          "按指定值，%s 在支出 %s 时达到其最大效果的一半。".formatted(channel, half));
    }
    String low = money(s.low(), currency);
    String high = money(s.high(), currency);
    return new Text(
        String.format(
            Locale.ROOT,
            "%s saturates: it reaches half of what it can bring at %s %s (95 %% interval %s to %s); a curve fits its %d days with spend better than a straight line (likelihood ratio %.1f, p = %.1g).",
            channel,
            half,
            span.en(),
            low,
            high,
            s.days(),
            s.ratio(),
            s.pValue()),
        String.format(
            Locale.ROOT,
            "%s 会饱和：%s支出 %s 时达到其最大效果的一半（95%% 区间 %s 至 %s）；其 %d 个有支出的日子用曲线拟合优于直线（似然比 %.1f，p = %.1g）。",
            channel,
            span.zh(),
            half,
            low,
            high,
            s.days(),
            s.ratio(),
            s.pValue()));
  }

  private static String money(double amount, String currency) {
    String number = String.format(Locale.ROOT, "%,.2f", amount);
    return currency.isEmpty() ? number : number + " " + currency;
  }
}
