package io.channelwise.bench.baseline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weighs the n-grams of a text by how often they occur in it and how rare they are elsewhere, as
 * scikit-learn's {@code TfidfVectorizer(sublinear_tf=True)} does: (1 + ln tf) · (1 + ln((1 + n) /
 * (1 + df))), each text scaled to Euclidean length 1. Immutable.
 */
public final class TfIdf {
  private static final Pattern WORD =
      Pattern.compile("\\b\\w\\w+\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BLANKS = Pattern.compile("\\s\\s+");

  private final Units units;
  private final Map<String, Double> rarity;

  /** What an n-gram is made of. */
  public enum Units {
    /** Words of two letters or more, lower-cased; 1 to 2 together. */
    WORDS(2),
    /** Characters, lower-cased; 1 to 3 together: for languages without blanks. */
    CHARACTERS(3);

    private final int longest;

    Units(int longest) {
      this.longest = longest;
    }
  }

  private TfIdf(Units units, Map<String, Double> rarity) {
    this.units = units;
    this.rarity = rarity;
  }

  /** Learns which n-grams there are and how rare each is. */
  public static TfIdf fit(List<String> texts, Units units) {
    Map<String, Integer> documents = new HashMap<>();
    for (String text : texts) {
      counts(text, units).keySet().forEach(gram -> documents.merge(gram, 1, Integer::sum));
    }
    Map<String, Double> rarity = new HashMap<>();
    documents.forEach(
        (gram, count) -> rarity.put(gram, 1 + Math.log((1.0 + texts.size()) / (1.0 + count))));
    return new TfIdf(units, rarity);
  }

  /** Weight of each known n-gram of a text; empty when it has none. Sorted by n-gram. */
  public Map<String, Double> weights(String text) {
    Map<String, Double> weights = new TreeMap<>();
    double squares = 0;
    for (Map.Entry<String, Integer> entry : counts(text, units).entrySet()) {
      Double rare = rarity.get(entry.getKey());
      if (rare != null) {
        double weight = (1 + Math.log(entry.getValue())) * rare;
        weights.put(entry.getKey(), weight);
        squares += weight * weight;
      }
    }
    double length = Math.sqrt(squares);
    weights.replaceAll((gram, weight) -> weight / length);
    return Collections.unmodifiableMap(weights);
  }

  private static Map<String, Integer> counts(String text, Units units) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> parts = new ArrayList<>();
    if (units == Units.WORDS) {
      Matcher matcher = WORD.matcher(lower);
      while (matcher.find()) {
        parts.add(matcher.group());
      }
    } else {
      BLANKS
          .matcher(lower)
          .replaceAll(" ")
          .codePoints()
          .forEach(c -> parts.add(Character.toString(c)));
    }
    String between = units == Units.WORDS ? " " : "";
    Map<String, Integer> counts = new TreeMap<>();
    for (int length = 1; length <= units.longest; length++) {
      for (int from = 0; from + length <= parts.size(); from++) {
        counts.merge(String.join(between, parts.subList(from, from + length)), 1, Integer::sum);
      }
    }
    return counts;
  }
}
