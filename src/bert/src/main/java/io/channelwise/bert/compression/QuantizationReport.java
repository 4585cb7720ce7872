package io.channelwise.bert.compression;

import io.channelwise.bert.evaluation.Evaluation;
import java.util.Locale;

/**
 * A model in 8 bits beside itself in 32, both in onnxruntime on the same examples.
 *
 * @param whole how the 32-bit graph did
 * @param small how the 8-bit graph did
 * @param agreement share of equal answers, 0..1: of texts, for tagged words of words
 * @param largestDifference of two logits
 * @param wholeBytes size of the 32-bit file
 * @param smallBytes size of the 8-bit file
 * @param wholeRate examples a second of the 32-bit graph, tokenisation not counted
 * @param smallRate examples a second of the 8-bit graph
 */
public record QuantizationReport(
    Evaluation whole,
    Evaluation small,
    double agreement,
    double largestDifference,
    long wholeBytes,
    long smallBytes,
    double wholeRate,
    double smallRate) {

  /** The figures as a small table with a plain sentence below. */
  public String text() {
    return String.join(
        "\n",
        "                 fp32       int8      change",
        row("accuracy", "%10.4f", whole.accuracy(), small.accuracy()),
        row("macro F1", "%10.4f", whole.macroF1(), small.macroF1()),
        row("micro F1", "%10.4f", whole.microF1(), small.microF1()),
        ratio("file, MB", wholeBytes / 1e6, smallBytes / 1e6),
        ratio("examples/s", wholeRate, smallRate),
        String.format(
            Locale.ROOT,
            "%d examples: %.2f %% of the answers are the same, the logits differ by at most %.3f.",
            whole.examples(),
            100 * agreement,
            largestDifference));
  }

  private static String row(String name, String format, double whole, double small) {
    return String.format(
        Locale.ROOT,
        "%-11s" + format + " " + format + "  %+9.4f",
        name,
        whole,
        small,
        small - whole);
  }

  private static String ratio(String name, double whole, double small) {
    return String.format(
        Locale.ROOT, "%-11s%10.1f %10.1f   × %6.2f", name, whole, small, small / whole);
  }
}
