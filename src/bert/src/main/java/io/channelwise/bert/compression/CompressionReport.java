package io.channelwise.bert.compression;

import com.opencsv.CSVWriter;
import io.channelwise.bert.evaluation.Evaluation;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * What models of one task lose and win by being smaller, on the same data and machine.
 *
 * @param models the original first
 * @param remarks plain sentences for the reader, one an entry
 */
public record CompressionReport(List<Row> models, List<String> remarks) {
  private static final String[] CSV_HEAD = {
    "model",
    "parameters",
    "zeros",
    "bytes",
    "gzip_bytes",
    "accuracy",
    "micro_f1",
    "macro_f1",
    "examples",
    "texts_per_second",
    "p50_ms",
    "p95_ms"
  };

  /**
   * One model.
   *
   * @param name what was done to it
   * @param parameters numbers in its weights
   * @param zeros how many of them are zero
   * @param bytes of its weights on disk
   * @param zippedBytes of the same through gzip
   * @param accuracy as {@link Evaluation#accuracy()}
   * @param microF1 as {@link Evaluation#microF1()}: of tagged words that of entities
   * @param macroF1 as {@link Evaluation#macroF1()}
   * @param examples judged
   * @param textsPerSecond many texts at once, tokenisation included; median of three passes
   * @param p50Millis of single texts one after another, tokenisation included
   * @param p95Millis the same, of 95 in 100
   */
  public record Row(
      String name,
      long parameters,
      long zeros,
      long bytes,
      long zippedBytes,
      double accuracy,
      double microF1,
      double macroF1,
      int examples,
      double textsPerSecond,
      double p50Millis,
      double p95Millis) {

    /** The same figures under another name. */
    public Row named(String other) {
      return new Row(
          other,
          parameters,
          zeros,
          bytes,
          zippedBytes,
          accuracy,
          microF1,
          macroF1,
          examples,
          textsPerSecond,
          p50Millis,
          p95Millis);
    }
  }

  public CompressionReport {
    models = List.copyOf(models);
    remarks = List.copyOf(remarks);
  }

  /** A table with the remarks below, for people. */
  public String text() {
    int width = models.stream().mapToInt(row -> row.name().length()).max().orElse(5);
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "%-" + width + "s  %10s  %5s  %8s  %8s  %8s  %8s  %8s  %7s  %7s  %7s  %7s%n",
            "model",
            "parameters",
            "zeros",
            "MB",
            "MB gzip",
            "accuracy",
            "micro F1",
            "macro F1",
            "texts/s",
            "p50 ms",
            "p95 ms",
            "speed"));
    for (Row row : models) {
      text.append(
          line(
              "%-"
                  + width
                  + "s  %10d  %4.1f%%  %8.2f  %8.2f  %8.4f  %8.4f  %8.4f  %7.0f  %7.2f  %7.2f  %6.2fx%n",
              row.name(),
              row.parameters(),
              100.0 * row.zeros() / row.parameters(),
              row.bytes() / 1e6,
              row.zippedBytes() / 1e6,
              row.accuracy(),
              row.microF1(),
              row.macroF1(),
              row.textsPerSecond(),
              row.p50Millis(),
              row.p95Millis(),
              row.textsPerSecond() / models.get(0).textsPerSecond()));
    }
    text.append('\n');
    remarks.forEach(remark -> text.append(remark).append('\n'));
    return text.toString();
  }

  /** One line a model, for programs. */
  public String csv() {
    StringWriter text = new StringWriter();
    CSVWriter writer = new CSVWriter(text);
    writer.writeNext(CSV_HEAD, false);
    for (Row row : models) {
      writer.writeNext(
          new String[] {
            row.name(),
            Long.toString(row.parameters()),
            Long.toString(row.zeros()),
            Long.toString(row.bytes()),
            Long.toString(row.zippedBytes()),
            line("%.6f", row.accuracy()),
            line("%.6f", row.microF1()),
            line("%.6f", row.macroF1()),
            Integer.toString(row.examples()),
            line("%.1f", row.textsPerSecond()),
            line("%.3f", row.p50Millis()),
            line("%.3f", row.p95Millis())
          },
          false);
    }
    return text.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace("\r\n", "\n");
  }
}
