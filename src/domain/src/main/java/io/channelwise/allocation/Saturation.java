package io.channelwise.allocation;

import io.channelwise.campaign.Text;

/**
 * Whether a channel saturates, and at which spend.
 *
 * @param verdict why there is a half-saturation spend, or why there is none
 * @param days with spend that were looked at
 * @param clicks on all days looked at
 * @param halfSaturation the spend k of {@link ChannelTerms#halfSaturation()}; null for a channel
 *     that is taken as not saturating
 * @param low lower end of its interval, 0 when the days do not bound it; null without an interval
 * @param high its upper end; null without an interval
 * @param ratio likelihood ratio of the curve against the straight line, by the dispersion; null
 *     when none was fitted
 * @param pValue of the ratio; null when none was fitted
 */
public record Saturation(
    Verdict verdict,
    int days,
    long clicks,
    Double halfSaturation,
    Double low,
    Double high,
    Double ratio,
    Double pValue) {

  /** What the days say. */
  public enum Verdict {
    GIVEN("given by the user", "由用户指定"),
    CURVE("the days follow a curve that saturates", "各日数据符合饱和曲线"),
    LINE("a straight line fits the days as well", "直线拟合同样好"),
    FEW_DAYS(
        "fewer than %d days with spend are recorded".formatted(SaturationFit.DAYS_MIN),
        "有支出记录的天数不足 %d 天".formatted(SaturationFit.DAYS_MIN)),
    FEW_CLICKS(
        "fewer than %d clicks are recorded".formatted(SaturationFit.CLICKS_MIN),
        "记录的点击少于 %d 次".formatted(SaturationFit.CLICKS_MIN)),
    ALIKE(
        "daily spend hardly varied (less than %.0f to 1)".formatted(SaturationFit.SPREAD_MIN),
        "每日支出变化过小（不足 %.0f 比 1）".formatted(SaturationFit.SPREAD_MIN));

    private final Text label;

    Verdict(String en, String zh) {
      this.label = new Text(en, zh);
    }

    /** The reason, as a clause. */
    public Text label() {
      return label;
    }
  }

  /** As the user says. */
  public static Saturation given(double halfSaturation) {
    return new Saturation(Verdict.GIVEN, 0, 0, halfSaturation, null, null, null, null);
  }

  static Saturation none(Verdict verdict, int days, long clicks) {
    return new Saturation(verdict, days, clicks, null, null, null, null, null);
  }

  /**
   * The same for money spent evenly over some days instead of one: a / D a day saturates like a at
   * D times the half-saturation spend. What a user gave stays.
   *
   * @param span in days, above 0
   */
  public Saturation over(double span) {
    return verdict == Verdict.GIVEN
        ? this
        : new Saturation(
            verdict,
            days,
            clicks,
            times(halfSaturation, span),
            times(low, span),
            times(high, span),
            ratio,
            pValue);
  }

  private static Double times(Double money, double factor) {
    return money == null ? null : Double.valueOf(money * factor);
  }

  /** The terms with this half-saturation spend, where there is one. */
  public ChannelTerms on(ChannelTerms terms) {
    return halfSaturation == null ? terms : terms.withHalfSaturation(halfSaturation);
  }
}
