package io.channelwise.research;

import io.channelwise.campaign.Text;
import io.channelwise.research.Forecast.Backtest;
import io.channelwise.research.Forecast.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Forecasts a series by Theil–Sen or damped Holt, whichever was closer in a rolling-origin backtest
 * (Tashman, L. J. (2000), Out-of-sample tests of forecasting accuracy, International Journal of
 * Forecasting 16, 437-450): from each origin with at least {@link #TRAINING_MIN} periods the next
 * ones are forecast and compared with what came. Series above zero are forecast as logarithms, so
 * that a price stays above zero. Not thread-safe.
 */
final class Forecaster {
  /** Fewer periods give fewer than three errors to choose by. */
  static final int PERIODS_MIN = 7;

  private static final int TRAINING_MIN = 5;
  private static final int HORIZON_MAX = 4;
  private static final int PERIODS_MAX = 200;
  private static final int ORIGINS_MAX = 20;
  private static final Text THEIL_SEN = new Text("Theil–Sen line", "Theil–Sen 直线");
  private static final Text HOLT = new Text("damped Holt", "阻尼 Holt 平滑");

  private final PeriodAxis axis;
  private final double[] times;
  private final double[] values;
  private final double[] modelled;
  private final boolean logarithmic;
  private final double floor;
  private final double ceiling;

  /** A value and half the width of its interval, on the scale of the model. */
  private record Guess(double value, double half) {}

  /** Fits the first observations and looks at one to come. */
  private interface Method {
    Guess guess(double[] times, double[] values, double time, int steps);
  }

  private record Candidate(Text name, Method method) {}

  private Forecaster(PeriodAxis axis, double[] values, double floor, double ceiling) {
    this.axis = axis;
    this.times = axis.times();
    this.values = values;
    this.floor = floor;
    this.ceiling = ceiling;
    this.logarithmic = Arrays.stream(values).allMatch(v -> v > 0);
    this.modelled = logarithmic ? Arrays.stream(values).map(Math::log).toArray() : values;
  }

  /**
   * @param name of the series in a sentence, e.g. "the mean price of retail"
   * @param axis periods with a value
   * @param values one a period, finite
   * @param floor smallest value possible
   * @param ceiling largest value possible
   */
  static Forecast forecast(
      Text name, PeriodAxis axis, double[] values, double floor, double ceiling) {
    int n = values.length;
    if (n < PERIODS_MIN) {
      return Forecast.refused(tooShort(name, axis));
    }
    PeriodAxis latest = axis.latest(PERIODS_MAX);
    double[] used = Arrays.copyOfRange(values, n - latest.size(), n);
    return new Forecaster(latest, used, floor, ceiling).run(name);
  }

  private static Text tooShort(Text name, PeriodAxis axis) {
    int n = axis.size();
    boolean dated = n > 0 && !axis.labels().get(0).isEmpty();
    String en = dated ? " (%s)".formatted(range(axis, " to ")) : "";
    String zh = dated ? "（%s）".formatted(range(axis, " 至 ")) : "";
    return new Text(
        "No forecast of %s: it has %d period%s%s; at least %d are needed to test a forecast on the past. Bring earlier periods in competitors.csv."
            .formatted(name.en(), n, n == 1 ? "" : "s", en, PERIODS_MIN),
        "无法预测%s：仅有 %d 个时期%s；至少需要 %d 个才能用历史检验预测。请在 competitors.csv 中补充更早的时期。"
            .formatted(name.zh(), n, zh, PERIODS_MIN));
  }

  private static String range(PeriodAxis axis, String to) {
    String first = axis.labels().get(0);
    String last = axis.labels().get(axis.size() - 1);
    return first.equals(last) ? first : first + to + last;
  }

  private Forecast run(Text name) {
    if (Arrays.stream(values).distinct().count() == 1) {
      return constant(name);
    }
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(THEIL_SEN, Forecaster::line));
    boolean even = axis.regular() && axis.gaps().isEmpty();
    if (even) {
      candidates.add(new Candidate(HOLT, Forecaster::smoothing));
    }
    record Tested(Candidate candidate, Backtest backtest) {}
    List<Tested> tested =
        candidates.stream()
            .map(c -> new Tested(c, backtest(c)))
            // Stable: of equal errors the line stays first, the simpler of the two.
            .sorted(Comparator.comparingDouble(t -> t.backtest().error()))
            .toList();
    Candidate best = tested.get(0).candidate();
    List<Point> points = new ArrayList<>();
    double last = times[times.length - 1];
    for (int step = 1; step <= horizon(values.length); step++) {
      Guess guess = best.method().guess(times, modelled, last + step * axis.stride(), step);
      points.add(point(axis.later(step), guess));
    }
    List<Backtest> backtests = tested.stream().map(Tested::backtest).toList();
    return new Forecast(best.name(), points, backtests, chosen(name, backtests, even));
  }

  private static int horizon(int periods) {
    return Math.min(HORIZON_MAX, periods - TRAINING_MIN);
  }

  private static Guess line(double[] times, double[] values, double time, int steps) {
    TheilSen line = TheilSen.fit(times, values);
    return new Guess(line.at(time), line.halfWidth(time));
  }

  private static Guess smoothing(double[] times, double[] values, double time, int steps) {
    DampedHolt holt = DampedHolt.fit(values);
    return new Guess(holt.ahead(steps), holt.halfWidth(steps));
  }

  private Point point(String period, Guess guess) {
    DoubleUnaryOperator back =
        v -> Math.max(floor, Math.min(ceiling, logarithmic ? Math.exp(v) : v));
    return new Point(
        period,
        back.applyAsDouble(guess.value()),
        back.applyAsDouble(guess.value() - guess.half()),
        back.applyAsDouble(guess.value() + guess.half()));
  }

  private Backtest backtest(Candidate candidate) {
    int n = values.length;
    double errors = 0;
    double naive = 0;
    int count = 0;
    int inside = 0;
    for (int origin = Math.max(TRAINING_MIN, n - ORIGINS_MAX); origin < n; origin++) {
      double[] knownTimes = Arrays.copyOf(times, origin);
      double[] known = Arrays.copyOf(modelled, origin);
      for (int step = 1; step <= Math.min(horizon(n), n - origin); step++) {
        int then = origin + step - 1;
        Point made = point("", candidate.method().guess(knownTimes, known, times[then], step));
        errors += Math.abs(made.value() - values[then]);
        naive += Math.abs(values[origin - 1] - values[then]);
        inside += holds(made, values[then]) ? 1 : 0;
        count++;
      }
    }
    return new Backtest(
        candidate.name(), count, errors / count, naive == 0 ? null : errors / naive, inside);
  }

  /** An interval without width holds what it forecast exactly, but for rounding. */
  private static boolean holds(Point made, double value) {
    double slack = 1e-9 * Math.abs(value);
    return made.low() - slack <= value && value <= made.high() + slack;
  }

  private Forecast constant(Text name) {
    List<Point> points = new ArrayList<>();
    for (int step = 1; step <= horizon(values.length); step++) {
      points.add(new Point(axis.later(step), values[0], values[0], values[0]));
    }
    return new Forecast(
        THEIL_SEN,
        points,
        List.of(),
        new Text(
            "%s was the same in all %d periods; the forecast repeats it and has no width, since the past shows no error to learn from."
                .formatted(capital(name.en()), values.length),
            "%s在全部 %d 个时期中不变；预测沿用该值且区间宽度为零，因为历史中没有误差可供参考。".formatted(name.zh(), values.length)));
  }

  private Text chosen(Text name, List<Backtest> backtests, boolean even) {
    Backtest best = backtests.get(0);
    boolean useless = best.relativeError() != null && best.relativeError() > 1 - 1e-9;
    String en =
        "%s by %s, which was closest in %d forecasts of the past (mean error %.3g%s)."
            .formatted(
                capital(name.en()),
                best.method().en(),
                best.forecasts(),
                best.error(),
                best.relativeError() == null
                    ? ""
                    : ", %.2f of repeating the last value".formatted(best.relativeError()));
    String zh =
        "%s采用%s：在 %d 次历史回测中误差最小（平均绝对误差 %.3g%s）。"
            .formatted(
                name.zh(),
                best.method().zh(),
                best.forecasts(),
                best.error(),
                best.relativeError() == null
                    ? ""
                    : "，为沿用上期值误差的 %.2f 倍".formatted(best.relativeError()));
    return new Text(
        en
            + (useless ? " Repeating the last value was no worse: do not lean on it." : "")
            + (even ? "" : " Damped Holt was not tried: the periods are not evenly spaced."),
        zh + (useless ? "沿用上期值同样准确，请勿过分依赖。" : "") + (even ? "" : "时期不均匀，未尝试阻尼 Holt。"));
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
