package io.channelwise.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.allocation.Saturation.Verdict;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Expected values of the three curves and the line: SciPy 1.17 — L-BFGS-B over base and top for
 * each k, bounded Brent over log k, brentq for the ends of the profile interval, scipy.stats.f.
 */
class SaturationFitTest {
  private static final double[] CURVE_SPEND = {
    66, 333, 17, 331, 32, 48, 212, 45, 76, 11, 161, 73, 34, 183, 31, 53, 16, 44, 21, 26, 159, 28,
    60, 373, 347, 145, 74, 28, 18, 358
  };
  private static final int[] CURVE_CLICKS = {
    27, 51, 10, 51, 18, 28, 44, 16, 32, 8, 44, 25, 20, 59, 16, 23, 15, 28, 10, 11, 33, 13, 20, 48,
    51, 43, 28, 17, 9, 43
  };
  private static final double[] BASE_SPEND = {
    26, 30, 0, 0, 91, 147, 20, 12, 28, 113, 80, 17, 49, 0, 48, 0, 355, 0, 42, 20, 36, 0, 268, 175,
    0, 302, 0, 129, 0, 15, 21, 0, 123, 229, 108, 45, 67, 89, 241, 50, 269, 96
  };
  private static final int[] BASE_CLICKS = {
    30, 26, 5, 5, 38, 49, 22, 27, 27, 25, 47, 13, 27, 4, 25, 7, 57, 9, 24, 19, 27, 10, 38, 56, 9,
    54, 13, 37, 10, 14, 18, 5, 41, 42, 37, 29, 40, 35, 53, 44, 41, 34
  };
  private static final double[] WIDE_SPEND = {
    14, 24, 192, 86, 14, 49, 59, 18, 150, 15, 42, 67, 49, 87, 152, 340, 29, 109, 130, 29, 10, 363,
    30, 32, 268, 87, 57, 173, 11, 136, 40, 14, 114, 311, 21, 102, 30, 154, 144, 22, 214, 113, 124,
    206, 49, 164, 255, 15, 230, 43, 59, 17, 131, 29, 249, 28, 79, 44, 96, 21
  };
  private static final int[] WIDE_CLICKS = {
    7, 21, 83, 27, 14, 23, 27, 9, 38, 8, 15, 15, 39, 42, 44, 50, 15, 44, 49, 8, 12, 69, 21, 26, 55,
    52, 40, 62, 11, 52, 29, 4, 27, 89, 12, 48, 12, 45, 41, 18, 49, 44, 33, 46, 19, 45, 53, 12, 44,
    23, 25, 8, 26, 18, 87, 28, 32, 23, 42, 10
  };
  private static final double[] LINE_SPEND = {
    324, 66, 366, 13, 94, 40, 193, 19, 249, 74, 279, 58, 49, 184, 377, 39, 357, 308, 19, 94, 135,
    324, 117, 16, 63, 62, 63, 343, 36, 23, 69, 106, 320, 86, 27, 309, 61, 121, 58, 22
  };
  private static final int[] LINE_CLICKS = {
    69, 9, 70, 3, 22, 12, 45, 4, 56, 11, 42, 12, 8, 31, 72, 8, 76, 68, 3, 16, 35, 73, 23, 5, 13, 12,
    17, 72, 6, 10, 17, 29, 60, 21, 6, 72, 14, 26, 8, 3
  };

  private static List<SpendDay> days(double[] spend, int[] clicks) {
    List<SpendDay> days = new ArrayList<>();
    for (int t = 0; t < spend.length; t++) {
      days.add(new SpendDay(spend[t], clicks[t]));
    }
    return days;
  }

  private static Offset<Double> digits(double value) {
    return within(1e-4 * value);
  }

  private static void assertCurve(
      Saturation found, double k, double low, double high, double ratio, double p) {
    assertThat(found.verdict()).isEqualTo(Verdict.CURVE);
    assertThat(found.halfSaturation()).isEqualTo(k, digits(k));
    assertThat(found.low()).isEqualTo(low, digits(low));
    assertThat(found.high()).isEqualTo(high, digits(high));
    assertThat(found.ratio()).isEqualTo(ratio, digits(ratio));
    assertThat(found.pValue()).isEqualTo(p, within(1e-3 * p));
  }

  @Test
  void shouldFindTheCurve_asSciPyDoes() {
    // Drawn with k = 80 and no base.
    assertCurve(
        SaturationFit.of(days(CURVE_SPEND, CURVE_CLICKS)),
        90.557046,
        61.529237,
        187.471774,
        35.308255,
        2.464872e-6);
  }

  @Test
  void shouldTellClicksWithoutSpend_fromSaturation() {
    // Drawn with k = 60 over a base of 8 clicks a day, ten days without spend.
    Saturation found = SaturationFit.of(days(BASE_SPEND, BASE_CLICKS));

    assertCurve(found, 51.853977, 30.255636, 89.245949, 69.880958, 3.157807e-10);
    assertThat(found.days()).isEqualTo(32);
    // A straight line over a base bends no curve out of it.
    List<SpendDay> line = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      line.add(new SpendDay(10 * t + 1, 15 + 2L * t));
    }
    assertThat(SaturationFit.of(line).verdict()).isEqualTo(Verdict.LINE);
  }

  @Test
  void shouldWidenTheInterval_whereDaysScatterMoreThanPoisson() {
    // Drawn with k = 100 and a gamma factor of variance 1 / 20 on each day: dispersion 2.6.
    assertCurve(
        SaturationFit.of(days(WIDE_SPEND, WIDE_CLICKS)),
        161.608016,
        81.431434,
        456.407402,
        16.005055,
        1.842190e-4);
  }

  @Test
  void shouldKeepTheLine_whereItFitsAsWell() {
    Saturation found = SaturationFit.of(days(LINE_SPEND, LINE_CLICKS));

    assertThat(found.verdict()).isEqualTo(Verdict.LINE);
    assertThat(found.halfSaturation()).isNull();
    assertThat(found.ratio()).isEqualTo(0.042014, within(1e-5));
    assertThat(found.pValue()).isEqualTo(0.838716, within(1e-4));
    assertThat(found.on(ChannelTerms.of("a"))).isEqualTo(ChannelTerms.of("a"));
    // A price a click: the spend is the clicks.
    List<SpendDay> priced = new ArrayList<>();
    for (int t = 1; t <= 30; t++) {
      priced.add(new SpendDay(0.35 * t * t, (long) t * t));
    }
    assertThat(SaturationFit.of(priced).ratio()).isEqualTo(0, within(1e-6));
  }

  @Test
  void shouldSayWhyDaysTellNothing() {
    List<SpendDay> fourteen = days(CURVE_SPEND, CURVE_CLICKS).subList(0, 14);
    assertThat(SaturationFit.of(List.of()).verdict()).isEqualTo(Verdict.FEW_DAYS);
    assertThat(SaturationFit.of(fourteen.subList(0, 13)).verdict()).isEqualTo(Verdict.FEW_DAYS);
    assertThat(SaturationFit.of(fourteen).verdict()).isEqualTo(Verdict.CURVE);
    assertThat(SaturationFit.of(Collections.nCopies(400, new SpendDay(0, 9))))
        .isEqualTo(new Saturation(Verdict.FEW_DAYS, 0, 3_600, null, null, null, null, null));
    assertThat(SaturationFit.of(Collections.nCopies(40, new SpendDay(5, 1))).verdict())
        .isEqualTo(Verdict.FEW_CLICKS);
    assertThat(SaturationFit.of(Collections.nCopies(40, new SpendDay(5, 9))).verdict())
        .isEqualTo(Verdict.ALIKE);
    assertThatThrownBy(() -> new SpendDay(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new SpendDay(1, -1)).hasMessageContaining("-1 clicks");
  }

  @Test
  void shouldNotDependOnTheOrderOfDays_norOnTheCurrency() {
    List<SpendDay> days = days(BASE_SPEND, BASE_CLICKS);
    Saturation found = SaturationFit.of(days);
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(days, new Random(seed));
      assertThat(SaturationFit.of(days)).isEqualTo(found);
    }
    Saturation cents =
        SaturationFit.of(
            days.stream().map(d -> new SpendDay(100 * d.spend(), d.clicks())).toList());
    assertThat(cents.halfSaturation() / found.halfSaturation()).isEqualTo(100, within(1e-4));
  }

  @Test
  void shouldTakeALineForACurve_inAboutAsFewSeriesAsTheLevelSays() {
    int curves = 0;
    int inside = 0;
    for (int seed = 0; seed < 60; seed++) {
      curves += SaturationFit.of(drawn(seed, 1e9)).verdict() == Verdict.CURVE ? 1 : 0;
      Saturation found = SaturationFit.of(drawn(seed, 60));
      inside += found.verdict() == Verdict.CURVE && found.low() <= 60 && 60 <= found.high() ? 1 : 0;
    }
    // Binomial(60, 0.05) is at most 9 and Binomial(60, 0.95) at least 51 with 99.9 %.
    assertThat(curves).isLessThanOrEqualTo(9);
    assertThat(inside).isGreaterThanOrEqualTo(51);
  }

  /** Sixty days of a curve, clicks approximately Poisson. */
  private static List<SpendDay> drawn(int seed, double k) {
    Random random = new Random(seed);
    List<SpendDay> days = new ArrayList<>();
    for (int t = 0; t < 60; t++) {
      double spend = 10 * Math.exp(random.nextDouble() * Math.log(40));
      double mean = 40 * spend / (spend + k) * (k > 1e6 ? k / 100 : 1) + 3;
      days.add(
          new SpendDay(
              spend, Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()))));
    }
    return days;
  }

  @Test
  void shouldScaleToTheDaysOfAPromotion_andExplainItself() {
    Saturation week = SaturationFit.of(days(CURVE_SPEND, CURVE_CLICKS)).over(7);
    assertThat(week.halfSaturation()).isEqualTo(7 * 90.557046, within(0.1));
    assertThat(Saturation.given(500).over(7).halfSaturation()).isEqualTo(500);
    TreeMap<String, Saturation> all = new TreeMap<>();
    all.put("a", week);
    all.put("b", Saturation.given(500));
    all.put("c", SaturationFit.of(List.of()));
    all.put("d", SaturationFit.of(List.of()));

    var sentences = SaturationText.of(all, "CNY", new Text("over a week", "一周内"));

    assertThat(sentences).hasSize(3);
    assertThat(sentences.get(0).en())
        .isEqualTo(
            "a saturates: it reaches half of what it can bring at 633.90 CNY over a week (95 % interval 430.70 CNY to 1,312.30 CNY); a curve fits its 30 days with spend better than a straight line (likelihood ratio 35.3, p = 2e-06).");
    assertThat(sentences.get(0).zh()).contains("一周内支出 633.90 CNY");
    assertThat(sentences.get(1).en()).contains("b reaches half").contains("500.00 CNY, as given");
    assertThat(sentences.get(2).en())
        .isEqualTo("No saturation is taken for c, d: fewer than 14 days with spend are recorded.");
  }
}
