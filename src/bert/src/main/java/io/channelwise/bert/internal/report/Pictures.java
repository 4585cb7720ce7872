package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.ReliabilityBin;
import java.util.List;
import java.util.Locale;

/** Draws SVG pictures that need no script, no font and no network. */
public final class Pictures {
  private static final int CELL_MAX = 44;
  private static final int MATRIX_MAX = 900;
  private static final int NUMBERS_FROM_CELL = 18;
  private static final int PLOT = 320;
  private static final int MARGIN = 56;

  private Pictures() {}

  /**
   * The confusion matrix; a cell's strength is the share of its row.
   *
   * @param confusion row = true class, column = answer
   */
  public static String confusion(List<String> labels, List<List<Integer>> confusion) {
    int cell = Math.max(4, Math.min(CELL_MAX, MATRIX_MAX / labels.size()));
    int font = Math.max(4, Math.min(12, cell - 1));
    int longest = labels.stream().mapToInt(Pictures::width).max().orElse(1);
    int margin = 24 + longest * font * 5 / 8;
    int size = cell * labels.size();
    StringBuilder svg = start(margin + size + 12, margin + size + 12, "Confusion matrix");
    grid(svg, margin, cell, labels.size());
    text(svg, 4, 14, 11, "start", "row: true class, column: answer; blue: right, orange: wrong");
    for (int r = 0; r < labels.size(); r++) {
      int total = confusion.get(r).stream().mapToInt(Integer::intValue).sum();
      int middle = margin + r * cell + cell / 2;
      text(svg, margin - 6, middle + font / 3, font, "end", labels.get(r));
      svg.append(filled("<g transform=\"translate(%d %d) rotate(-90)\">", middle, margin - 6));
      text(svg, 0, font / 3, font, "start", labels.get(r));
      svg.append("</g>\n");
      for (int c = 0; c < labels.size(); c++) {
        int count = confusion.get(r).get(c);
        if (count > 0) {
          String names = r == c ? labels.get(r) : labels.get(r) + " taken for " + labels.get(c);
          double[] counts = {count, total};
          cell(svg, names, margin + c * cell, margin + r * cell, cell, r == c, counts);
        }
      }
    }
    return svg.append("</svg>\n").toString();
  }

  /** Right answers blue, wrong ones orange; a single wrong one is still seen. */
  private static void cell(
      StringBuilder svg, String names, int x, int y, int size, boolean right, double[] counts) {
    double share = counts[0] / counts[1];
    double strength = right ? share : 0.25 + 0.75 * Math.sqrt(share);
    svg.append(
        filled(
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" fill-opacity=\"%.2f\"><title>%s: %.0f of %.0f</title></rect>\n",
            x,
            y,
            size,
            size,
            right ? "#1b6ec2" : "#d95f02",
            strength,
            escape(names),
            counts[0],
            counts[1]));
    if (size >= NUMBERS_FROM_CELL) {
      svg.append(
          filled(
              "<text x=\"%d\" y=\"%d\" font-size=\"11\" text-anchor=\"middle\" fill=\"%s\">%.0f</text>\n",
              x + size / 2, y + size / 2 + 4, strength > 0.6 ? "#fff" : "#111", counts[0]));
    }
  }

  private static void grid(StringBuilder svg, int margin, int cell, int cells) {
    svg.append("<path fill=\"none\" stroke=\"#d5d9e0\" stroke-width=\".5\" d=\"");
    for (int i = 0; i <= cells; i++) {
      int at = margin + i * cell;
      int end = margin + cells * cell;
      svg.append(filled("M%d %dH%dM%d %dV%d", margin, at, end, at, margin, end));
    }
    svg.append("\"/>\n");
  }

  /**
   * Stated probability against the share of right answers; bars on the diagonal are honest.
   *
   * @param what the bins count, in the plural
   */
  public static String reliability(List<ReliabilityBin> bins, double error, String what) {
    StringBuilder svg = start(PLOT + 2 * MARGIN, PLOT + 2 * MARGIN, "Reliability");
    int answers = bins.stream().mapToInt(ReliabilityBin::count).sum();
    text(
        svg,
        MARGIN,
        24,
        13,
        "start",
        filled("expected calibration error %.4f on %d %s", error, answers, what));
    for (ReliabilityBin bin : bins) {
      if (bin.count() > 0) {
        double x = MARGIN + bin.from() * PLOT;
        double height = bin.accuracy() * PLOT;
        svg.append(
            filled(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#4a7ebb\" fill-opacity=\"%.2f\"><title>stated %.3f, right %.3f, %d %s</title></rect>%n",
                x,
                MARGIN + PLOT - height,
                (bin.to() - bin.from()) * PLOT - 1,
                height,
                0.35 + 0.65 * bin.count() / answers,
                bin.confidence(),
                bin.accuracy(),
                bin.count(),
                what));
        text(
            svg,
            (int) Math.round(x + (bin.to() - bin.from()) * PLOT / 2),
            (int) (MARGIN + PLOT - height - 3),
            8,
            "middle",
            Integer.toString(bin.count()));
      }
    }
    int end = MARGIN + PLOT;
    svg.append(
        filled(
            "<path d=\"M%d %dL%d %d\" stroke=\"#c33\" stroke-dasharray=\"4\"/><path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#333\"/>%n",
            MARGIN, end, end, MARGIN, MARGIN, MARGIN, end, end));
    for (int tick = 0; tick <= 10; tick += 2) {
      String label = tick == 10 ? "1" : tick == 0 ? "0" : "0." + tick;
      text(svg, MARGIN + PLOT * tick / 10, end + 16, 11, "middle", label);
      text(svg, MARGIN - 6, end - PLOT * tick / 10 + 4, 11, "end", label);
    }
    text(svg, MARGIN + PLOT / 2, end + 36, 12, "middle", "stated probability of the answer");
    text(svg, MARGIN, MARGIN - 10, 12, "start", "share of right answers; numbers: " + what);
    return svg.append("</svg>\n").toString();
  }

  private static StringBuilder start(int width, int height, String title) {
    return new StringBuilder()
        .append(
            filled(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" font-family=\"sans-serif\">%n",
                width, height, width, height))
        .append(
            filled(
                "<title>%s</title><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                title));
  }

  private static void text(
      StringBuilder svg, int x, int y, int size, String anchor, String content) {
    svg.append(
        filled(
            "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\">%s</text>%n",
            x, y, size, anchor, escape(content)));
  }

  /** Numbers as SVG wants them, whatever the machine's language. */
  private static String filled(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Chinese characters are about twice as wide as Latin ones. */
  private static int width(String label) {
    return label.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
  }

  private static String escape(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("[\\p{Cntrl}]", " ");
  }
}
