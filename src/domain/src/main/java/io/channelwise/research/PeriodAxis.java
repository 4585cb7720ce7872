package io.channelwise.research;

import io.channelwise.campaign.Periods;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The periods of a series in order, and whether they follow each other evenly.
 *
 * @param labels normal forms of {@link Periods}, by start
 * @param regular whether all are of one length and sit on one grid
 * @param index place on the grid, by label; the place in the list when not regular
 */
record PeriodAxis(List<String> labels, boolean regular, long[] index) {
  private static final double DAYS_PER_YEAR = 365.25;

  /** Lengths of periods, by what their normal form looks like. */
  private enum Kind {
    NONE,
    YEAR,
    HALF,
    QUARTER,
    MONTH,
    DAY;

    static Kind of(String label) {
      return switch (label.length()) {
        case 0 -> NONE;
        case 4 -> YEAR;
        case 10 -> DAY;
        default -> label.charAt(5) == 'H' ? HALF : label.charAt(5) == 'Q' ? QUARTER : MONTH;
      };
    }

    int perYear() {
      return switch (this) {
        case NONE, YEAR, DAY -> 1;
        case HALF -> 2;
        case QUARTER -> 4;
        case MONTH -> 12;
      };
    }
  }

  static PeriodAxis of(Collection<String> periods) {
    List<String> labels =
        periods.stream()
            .distinct()
            .sorted(Comparator.comparing(Periods::start).thenComparing(Comparator.naturalOrder()))
            .toList();
    boolean oneKind = labels.stream().map(Kind::of).distinct().count() <= 1;
    long[] index = new long[labels.size()];
    long step = oneKind ? step(labels) : 0;
    // More holes than periods: not a grid with gaps but dates at will.
    boolean regular =
        oneKind
            && (labels.size() < 2
                || (step > 0
                    && (raw(labels.get(labels.size() - 1)) - raw(labels.get(0))) / step
                        < 2L * labels.size()));
    for (int i = 0; i < index.length; i++) {
      index[i] = regular && step > 0 ? raw(labels.get(i)) / step : i;
    }
    return new PeriodAxis(labels, regular, index);
  }

  /** Days are as far apart as their differences have in common; all others by one. */
  private static long step(List<String> labels) {
    if (labels.isEmpty() || Kind.of(labels.get(0)) != Kind.DAY) {
      return 1;
    }
    long step = 0;
    for (int i = 1; i < labels.size(); i++) {
      step = gcd(raw(labels.get(i)) - raw(labels.get(i - 1)), step);
    }
    return step;
  }

  private static long gcd(long a, long b) {
    long larger = a;
    long smaller = b;
    while (smaller != 0) {
      long rest = larger % smaller;
      larger = smaller;
      smaller = rest;
    }
    return larger;
  }

  private static long raw(String label) {
    LocalDate start = Periods.start(label);
    Kind kind = Kind.of(label);
    return kind == Kind.DAY
        ? start.toEpochDay()
        : (long) start.getYear() * kind.perYear()
            + (long) (start.getMonthValue() - 1) * kind.perYear() / 12;
  }

  int size() {
    return labels.size();
  }

  /** Whether data without a period, or of periods of different lengths, is among it. */
  boolean mixed() {
    return labels.stream().map(Kind::of).distinct().count() > 1;
  }

  /** Periods of the grid that are not in the data, at most ten; none when it has no grid. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (int i = 1; regular && i < labels.size(); i++) {
      for (long missing = index[i - 1] + 1; missing < index[i] && gaps.size() < 10; missing++) {
        gaps.add(after(i - 1, missing - index[i - 1]));
      }
    }
    return gaps;
  }

  /** Years since the first period's start, from the dates. */
  double[] years() {
    double[] years = new double[labels.size()];
    for (int i = 0; i < years.length; i++) {
      years[i] = days(i) / DAYS_PER_YEAR;
    }
    return years;
  }

  private long days(int i) {
    return Periods.start(labels.get(i)).toEpochDay() - Periods.start(labels.get(0)).toEpochDay();
  }

  /** Times to fit a line on: places on the grid, or days when there is none. */
  double[] times() {
    double[] times = new double[labels.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = regular ? index[i] - index[0] : days(i);
    }
    return times;
  }

  /** Time between two periods to come, in the unit of {@link #times()}. */
  double stride() {
    if (regular || labels.size() < 2) {
      return 1;
    }
    long[] between = new long[labels.size() - 1];
    for (int i = 0; i < between.length; i++) {
      between[i] = days(i + 1) - days(i);
    }
    Arrays.sort(between);
    return Math.max(1, between[between.length / 2]);
  }

  /** Name of the period that many strides after the last. */
  String later(int steps) {
    return after(labels.size() - 1, regular ? steps : Math.round(steps * stride()));
  }

  /** Name of the period that many places (days, without a grid) after the one given. */
  private String after(int from, long places) {
    String label = labels.get(from);
    LocalDate start = Periods.start(label);
    Kind kind = regular ? Kind.of(label) : Kind.DAY;
    long step = regular && kind == Kind.DAY && labels.size() > 1 ? step(labels) : 1;
    LocalDate then =
        kind == Kind.DAY
            ? start.plusDays(places * step)
            : start.plusMonths(places * 12 / kind.perYear());
    return switch (kind) {
      case NONE -> "+" + places;
      case YEAR -> "%04d".formatted(then.getYear());
      case HALF -> "%04d-H%d".formatted(then.getYear(), (then.getMonthValue() + 5) / 6);
      case QUARTER -> "%04d-Q%d".formatted(then.getYear(), (then.getMonthValue() + 2) / 3);
      case MONTH -> then.toString().substring(0, 7);
      case DAY -> then.toString();
    };
  }

  /** The latest periods, at most that many. */
  PeriodAxis latest(int most) {
    return labels.size() <= most ? this : of(labels.subList(labels.size() - most, labels.size()));
  }
}
