package io.channelwise.bench.dataset;

import com.opencsv.CSVReaderHeaderAware;
import com.opencsv.exceptions.CsvValidationException;
import io.channelwise.bench.BenchContext;
import io.channelwise.bert.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reviews of clothes: title and text, and whether the customer recommends the piece (82 % do).
 * There is no official split; ours is drawn from a fixed seed: {@value #TEST} to test, {@value
 * #DEV} to choose on, the rest to learn from.
 */
public final class WomensClothing {
  static final int TEST = 2000;
  static final int DEV = 1000;

  private static final String SOURCE =
      "https://www.kaggle.com/datasets/nicapotato/womens-ecommerce-clothing-reviews";

  /** The split is the same for every seed of training. */
  private static final long SPLIT_SEED = 42;

  private WomensClothing() {}

  /** Pairs of title and text, labelled {@code yes} or {@code no}. */
  public static Split read(BenchContext context) {
    List<Example> all = part(context.data("womens-clothing/reviews.csv", SOURCE));
    Collections.shuffle(all, new Random(SPLIT_SEED));
    int rest = TEST + DEV;
    return new Split(all.subList(rest, all.size()), all.subList(TEST, rest), all.subList(0, TEST));
  }

  static List<Example> part(Path file) {
    List<Example> examples = new ArrayList<>();
    try (CSVReaderHeaderAware reader =
        new CSVReaderHeaderAware(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      for (Map<String, String> row = reader.readMap(); row != null; row = reader.readMap()) {
        String text = row.get("Review Text").strip();
        if (!text.isEmpty()) {
          String title = row.get("Title").strip();
          String label = row.get("Recommended IND").strip().equals("1") ? "yes" : "no";
          examples.add(Example.pair(title.isEmpty() ? "-" : title, text, label));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " cannot be read", e);
    } catch (CsvValidationException e) {
      throw new IllegalArgumentException("File " + file + " is no CSV: " + e.getMessage(), e);
    }
    return examples;
  }
}
