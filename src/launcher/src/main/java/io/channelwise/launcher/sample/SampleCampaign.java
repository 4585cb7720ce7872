package io.channelwise.launcher.sample;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the sample campaign: {@code campaign.json} and the eleven tables of a company that does
 * not exist. The same seed gives the same bytes.
 */
public final class SampleCampaign {
  /** Seed of everything generated. */
  public static final long SEED = 20261122;

  private static final List<String> WRITTEN_BY_HAND =
      List.of(
          "campaign.json",
          "channels.csv",
          "materials.csv",
          "activities.csv",
          "support.csv",
          "training-material.csv",
          "improvements.csv");

  private SampleCampaign() {}

  /**
   * Writes all files of one language into the folder, replacing those of the same names.
   *
   * @param language {@code en} or {@code zh}
   */
  public static void write(Path folder, String language) {
    boolean chinese = isChinese(language);
    try {
      Files.createDirectories(folder);
      for (String name : WRITTEN_BY_HAND) {
        try (InputStream in =
            SampleCampaign.class.getResourceAsStream("/samples/" + language + "/" + name)) {
          Files.write(folder.resolve(name), in.readAllBytes());
        }
      }
      SampleMarkets markets = new SampleMarkets(chinese, SEED);
      writeCsv(folder.resolve("survey.csv"), markets.survey());
      writeCsv(folder.resolve("competitors.csv"), markets.competitors());
      writeCsv(folder.resolve("negotiations.csv"), markets.negotiations());
      writeCsv(folder.resolve("events.csv"), SampleEvents.history(chinese, SEED).rows());
      writeCsv(folder.resolve("feedback.csv"), SampleTickets.feedback(chinese, SEED));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the sample into " + folder, e);
    }
  }

  public static boolean isChinese(String language) {
    return switch (language) {
      case "zh" -> true;
      case "en" -> false;
      default ->
          throw new IllegalArgumentException(
              "Language is '%s'; the sample exists in en and zh.".formatted(language));
    };
  }

  private static void writeCsv(Path file, List<String[]> rows) throws IOException {
    Files.writeString(file, csv(rows));
  }

  /** The rows as CSV text, quoted where needed. */
  public static String csv(List<String[]> rows) throws IOException {
    StringWriter out = new StringWriter();
    try (ICSVWriter csv = new CSVWriterBuilder(out).withLineEnd("\n").build()) {
      csv.writeAll(rows, false);
    }
    return out.toString();
  }
}
