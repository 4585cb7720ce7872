package io.channelwise.feedback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a dataset of labelled texts, or pairs of texts; the order of the rows matters only where
 * one text has two labels.
 *
 * <ul>
 *   <li>Texts that differ only in case, width or blanks (Unicode NFKC) are one; the latest label
 *       wins.
 *   <li>Classes with fewer than {@value #PER_CLASS_MIN} texts are dropped and reported: four to
 *       learn from and one to judge by is the least that says anything.
 *   <li>At least {@value #CLASSES_MIN} classes and {@value #EXAMPLES_MIN} texts must be left.
 *   <li>Of each class, the fifth (at least one) with the smallest SHA-256 of the text is for
 *       evaluation. So the split is the same on every build, and when feedback is added only texts
 *       near the border change sides: a later version is hardly ever judged by what an earlier one
 *       learned.
 * </ul>
 */
final class DatasetRules {
  static final int PER_CLASS_MIN = 5;
  static final int CLASSES_MIN = 2;
  static final int EXAMPLES_MIN = 20;
  private static final int EVAL_EVERY = 5;

  private DatasetRules() {}

  /**
   * One example in its part.
   *
   * @param pair the second text; null where there is one only
   * @param hash SHA-256 of the normalised text, of both for a pair, in hex
   */
  record Placed(String text, String pair, String label, Split split, String hash) {

    private Placed in(Split part) {
      return new Placed(text, pair, label, part, hash);
    }

    /** Both texts of a pair; NUL stands in no text. */
    private String content() {
      return pair == null ? text : text + '\0' + pair;
    }
  }

  /**
   * @param examples in order of the texts' hashes, both splits mixed
   * @param labels sorted
   * @param dropped classes with too few texts
   */
  record Made(
      List<Placed> examples, List<String> labels, Map<String, Integer> dropped, String sha256) {}

  /**
   * @param rows oldest first
   * @param what names the dataset in the error message
   * @param todo what brings more examples, as a sentence
   * @throws DatasetTooSmallException when too little is left
   */
  static Made make(List<Example> rows, String what, String todo) {
    Map<String, Example> unique = new LinkedHashMap<>();
    for (Example row : rows) {
      String pair = row.pair() == null ? null : row.pair().strip();
      String key = normalised(row.text());
      unique.put(
          pair == null ? key : key + '\0' + normalised(pair),
          new Example(row.text().strip(), pair, row.label()));
    }
    unique.remove("");
    TreeMap<String, List<Placed>> classes = new TreeMap<>();
    unique.forEach(
        (key, row) ->
            classes
                .computeIfAbsent(row.label(), label -> new ArrayList<>())
                .add(new Placed(row.text(), row.pair(), row.label(), Split.TRAIN, sha256(key))));
    Map<String, Integer> dropped = new TreeMap<>();
    classes.forEach(
        (label, list) -> {
          if (list.size() < PER_CLASS_MIN) {
            dropped.put(label, list.size());
          }
        });
    classes.keySet().removeAll(dropped.keySet());
    List<Placed> examples =
        classes.values().stream()
            .flatMap(list -> split(list).stream())
            .sorted(Comparator.comparing(Placed::hash))
            .toList();
    check(what, todo, unique.size(), examples.size(), classes.size(), dropped);
    return new Made(examples, List.copyOf(classes.keySet()), dropped, contentHash(examples));
  }

  private static List<Placed> split(List<Placed> ofOneClass) {
    List<Placed> sorted = ofOneClass.stream().sorted(Comparator.comparing(Placed::hash)).toList();
    int eval = Math.max(1, Math.round((float) sorted.size() / EVAL_EVERY));
    List<Placed> placed = new ArrayList<>(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      placed.add(sorted.get(i).in(i < eval ? Split.EVAL : Split.TRAIN));
    }
    return placed;
  }

  private static void check(
      String what, String todo, int texts, int kept, int classes, Map<String, Integer> dropped) {
    if (classes >= CLASSES_MIN && kept >= EXAMPLES_MIN) {
      return;
    }
    throw new DatasetTooSmallException(
        ("%s was not built: %d different labelled texts were found, %d of them in %d classes of at"
                + " least %d; at least %d texts in %d classes are expected. %s%s")
            .formatted(
                what,
                texts,
                kept,
                classes,
                PER_CLASS_MIN,
                EXAMPLES_MIN,
                CLASSES_MIN,
                dropped.isEmpty() ? "" : "Too small: %s. ".formatted(shortened(dropped)),
                todo));
  }

  private static String shortened(Map<String, Integer> dropped) {
    String all = dropped.toString();
    return all.length() <= 200 ? all : all.substring(0, 200) + "…";
  }

  /**
   * SHA-256 over label, NUL, text (of a pair text, NUL, text), line feed of every example, sorted
   * by text, then label.
   */
  private static String contentHash(List<Placed> examples) {
    StringBuilder content = new StringBuilder();
    examples.stream()
        .sorted(Comparator.comparing(Placed::content).thenComparing(Placed::label))
        .forEach(p -> content.append(p.label()).append('\0').append(p.content()).append('\n'));
    return sha256(content.toString());
  }

  static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .strip();
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
