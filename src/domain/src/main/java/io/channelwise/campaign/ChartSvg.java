package io.channelwise.campaign;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A chart as an SVG element: bars side by side, lines, or points. Not thread-safe. */
final class ChartSvg {
  private static final int WIDTH = 760;
  private static final int PLOT_HEIGHT = 220;
  private static final int LEFT = 76;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int LABEL_CHARS_MAX = 18;
  private static final double BAR_WIDTH_MAX = 64;
  private static final int FIRST_WIDE_CHARACTER = 0x2E80;
  private static final String[] COLOURS = {
    "#0b6e8a", "#e08e0b", "#5a8f3c", "#a3446c", "#6a5acd", "#8a6d3b", "#2f4b7c", "#d45087"
  };

  private final Chart chart;
  private final boolean chinese;
  private final StringBuilder svg = new StringBuilder(1 << 12);

  ChartSvg(Chart chart, boolean chinese) {
    this.chart = chart;
    this.chinese = chinese;
  }

  String svg() {
    boolean scatter = chart.kind().equals("scatter");
    List<String> legend =
        isSelfExplaining() ? List.of() : chart.series().stream().map(s -> pick(s.name())).toList();
    boolean slanted = !scatter && longestLabel() * chart.labels().size() > 0.95 * plotWidth();
    int below = scatter ? 44 : slanted ? 96 : 30;
    int legendHeight = !legend.isEmpty() ? 22 * ((legend.size() + 3) / 4) : 0;
    int height = TOP + PLOT_HEIGHT + below + legendHeight;
    svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(height);
    svg.append("\" width=\"").append(WIDTH).append("\" role=\"img\" aria-label=\"");
    svg.append(Html.escape(pick(chart.title()))).append("\">\n");
    if (hasValues()) {
      if (scatter) {
        scatter();
      } else {
        bySeries(slanted);
      }
      legend(legend, TOP + PLOT_HEIGHT + below);
    } else {
      text(WIDTH / 2.0, TOP + PLOT_HEIGHT / 2.0, "middle", NumberText.ABSENT);
    }
    return svg.append("</svg>\n").toString();
  }

  /** Points name their axes, and one row of bars is what the title says. */
  private boolean isSelfExplaining() {
    return chart.kind().equals("scatter")
        || (chart.kind().equals("bar") && chart.series().size() == 1);
  }

  private boolean hasValues() {
    boolean enough = !chart.kind().equals("scatter") || chart.series().size() == 2;
    return enough && !chart.labels().isEmpty() && values().findAny().isPresent();
  }

  private DoubleStream values() {
    return chart.series().stream()
        .flatMap(s -> s.values().stream())
        .filter(ChartSvg::isFinite)
        .mapToDouble(v -> v);
  }

  private static boolean isFinite(Double value) {
    return value != null && Double.isFinite(value);
  }

  private String pick(Text text) {
    return chinese ? text.zh() : text.en();
  }

  private static int plotWidth() {
    return WIDTH - LEFT - RIGHT;
  }

  /** Pixels of the longest label; Chinese characters are about twice as wide as Latin ones. */
  private int longestLabel() {
    return chart.labels().stream()
        .mapToInt(
            l ->
                pick(l)
                    .chars()
                    .limit(LABEL_CHARS_MAX)
                    .map(c -> c >= FIRST_WIDE_CHARACTER ? 13 : 7)
                    .sum())
        .max()
        .orElse(0);
  }

  /** A scale from a value to a coordinate, with round ticks. */
  private record Scale(double min, double max, double step, double from, double to) {

    static Scale of(double smallest, double largest, double from, double to) {
      double min = smallest;
      double max = largest;
      if (max - min < 1e-12 * Math.max(1, Math.abs(max))) {
        max = min + Math.max(1e-9, Math.abs(min) * 0.1 + (min == 0 ? 1 : 0));
      }
      double rough = (max - min) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double first = rough / power;
      double step = power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
      return new Scale(Math.floor(min / step) * step, Math.ceil(max / step) * step, step, from, to);
    }

    double at(double value) {
      return from + (value - min) / (max - min) * (to - from);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      long count = Math.round((max - min) / step);
      for (long i = 0; i <= count; i++) {
        double tick = min + i * step;
        ticks.add(Math.abs(tick) < step * 1e-9 ? 0.0 : tick);
      }
      return ticks;
    }
  }

  private void bySeries(boolean slanted) {
    boolean bars = chart.kind().equals("bar");
    double min = values().min().orElse(0);
    double max = values().max().orElse(0);
    Scale y =
        Scale.of(
            bars ? Math.min(0, min) : min, bars ? Math.max(0, max) : max, TOP + PLOT_HEIGHT, TOP);
    horizontalGrid(y);
    double slot = (double) plotWidth() / chart.labels().size();
    for (int s = 0; s < chart.series().size(); s++) {
      if (bars) {
        bars(s, y, slot);
      } else {
        line(s, y, slot);
      }
    }
    int every = (int) Math.ceil(chart.labels().size() / 24.0);
    for (int i = 0; i < chart.labels().size(); i += every) {
      label(LEFT + (i + 0.5) * slot, TOP + PLOT_HEIGHT + 16, pick(chart.labels().get(i)), slanted);
    }
  }

  private void horizontalGrid(Scale y) {
    for (double tick : y.ticks()) {
      segment(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), tick == 0 ? "#9aa5af" : "#e6ebef");
      text(LEFT - 8, y.at(tick) + 4, "end", NumberText.plain(tick));
    }
  }

  private void bars(int s, Scale y, double slot) {
    Series series = chart.series().get(s);
    double width = Math.min(BAR_WIDTH_MAX, slot * 0.7 / chart.series().size());
    double first = (slot - width * chart.series().size()) / 2;
    for (int i = 0; i < Math.min(series.values().size(), chart.labels().size()); i++) {
      Double value = series.values().get(i);
      if (isFinite(value)) {
        double x = LEFT + i * slot + first + s * width;
        double top = Math.min(y.at(value), y.at(0));
        double height = Math.max(0.5, Math.abs(y.at(value) - y.at(0)));
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\">",
                x,
                top,
                Math.max(0.5, width - 1),
                height,
                colour(s)));
        hint(pick(chart.labels().get(i)) + " · " + pick(series.name()) + ": ", value);
        svg.append("</rect>\n");
      }
    }
  }

  private void line(int s, Scale y, double slot) {
    Series series = chart.series().get(s);
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < Math.min(series.values().size(), chart.labels().size()); i++) {
      Double value = series.values().get(i);
      if (isFinite(value)) {
        double x = LEFT + (i + 0.5) * slot;
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y.at(value)));
        dot(x, y.at(value), 3, colour(s));
        hint(pick(chart.labels().get(i)) + " · " + pick(series.name()) + ": ", value);
        svg.append("</circle>\n");
      }
    }
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour(s));
    svg.append("\" points=\"").append(points.toString().trim()).append("\"/>\n");
  }

  private void scatter() {
    Series xs = chart.series().get(0);
    Series ys = chart.series().get(1);
    Scale x = scale(xs, LEFT, WIDTH - RIGHT);
    Scale y = scale(ys, TOP + PLOT_HEIGHT, TOP);
    horizontalGrid(y);
    for (double tick : x.ticks()) {
      segment(x.at(tick), TOP, x.at(tick), TOP + PLOT_HEIGHT, "#e6ebef");
      text(x.at(tick), TOP + PLOT_HEIGHT + 16, "middle", NumberText.plain(tick));
    }
    int points = Math.min(xs.values().size(), ys.values().size());
    for (int i = points - 1; i >= 0; i--) {
      if (isFinite(xs.values().get(i)) && isFinite(ys.values().get(i))) {
        dot(x.at(xs.values().get(i)), y.at(ys.values().get(i)), 5, COLOURS[0]);
        hint(
            (i < chart.labels().size() ? pick(chart.labels().get(i)) : "")
                + ": "
                + NumberText.plain(xs.values().get(i))
                + "; ",
            ys.values().get(i));
        svg.append("</circle>\n");
      }
    }
    text(LEFT + plotWidth() / 2.0, TOP + PLOT_HEIGHT + 36, "middle", pick(xs.name()));
    text(LEFT, TOP - 2, "start", pick(ys.name()));
  }

  private static Scale scale(Series series, double from, double to) {
    DoubleStream.Builder finite = DoubleStream.builder();
    series.values().stream().filter(ChartSvg::isFinite).forEach(finite::add);
    var statistics = finite.build().summaryStatistics();
    return statistics.getCount() == 0
        ? Scale.of(0, 1, from, to)
        : Scale.of(statistics.getMin(), statistics.getMax(), from, to);
  }

  private static String colour(int series) {
    return COLOURS[series % COLOURS.length];
  }

  private void dot(double x, double y, int radius, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\" fill-opacity=\"0.75\">",
            x,
            y,
            radius,
            colour));
  }

  private void hint(String what, double value) {
    svg.append("<title>").append(Html.escape(what)).append(NumberText.plain(value));
    svg.append("</title>");
  }

  private void segment(double x1, double y1, double x2, double y2, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
            x1,
            y1,
            x2,
            y2,
            colour));
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor));
    svg.append(Html.escape(text)).append("</text>\n");
  }

  private void label(double x, double y, String label, boolean slanted) {
    String shown =
        label.length() > LABEL_CHARS_MAX ? label.substring(0, LABEL_CHARS_MAX - 1) + "…" : label;
    if (!slanted) {
      text(x, y, "middle", shown);
      return;
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" transform=\"rotate(-35 %.1f %.1f)\">",
            x,
            y,
            x,
            y));
    svg.append(Html.escape(shown)).append("</text>\n");
  }

  private void legend(List<String> names, int top) {
    int column = plotWidth() / 4;
    for (int i = 0; i < names.size(); i++) {
      double x = LEFT + (i % 4) * column;
      double y = top + (i / 4) * 22;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
              x,
              y,
              colour(i)));
      text(x + 18, y + 10, "start", names.get(i));
    }
  }
}
