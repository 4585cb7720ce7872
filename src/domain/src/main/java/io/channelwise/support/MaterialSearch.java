package io.channelwise.support;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the training material that fits a ticket: cosine of TF-IDF vectors over words and pairs of
 * Han characters.
 *
 * <p>PostgreSQL's full-text search has no Chinese parser, hence the pairs (as in Lucene's CJK
 * analyser). Weights are (1 + ln tf) · ln((N + 1) / df) as in Salton and Buckley, "Term-weighting
 * approaches in automatic text retrieval", 1988; a material's title counts twice.
 */
final class MaterialSearch {
  /**
   * Least cosine of an automatic answer; below it an agent answers. Pairs of Han characters meet
   * less often than words, so Chinese has its own. On the sample's tickets with their true intents
   * these answer 79 % of the English ones, 91 % of them from material on the right subject, and 33
   * % of the Chinese ones, 94 % of them.
   */
  private static final double THRESHOLD = 0.12;

  private static final double THRESHOLD_CHINESE = 0.09;

  private static final Pattern TERM = Pattern.compile("\\p{IsHan}+|[\\p{L}\\p{N}&&[^\\p{IsHan}]]+");
  private static final Set<String> STOP_WORDS =
      Set.of(
          "the", "and", "for", "you", "your", "our", "are", "is", "was", "were", "be", "been", "to",
          "of", "in", "on", "at", "it", "its", "this", "that", "with", "as", "an", "a", "or", "by",
          "from", "we", "us", "i", "my", "me", "do", "does", "did", "have", "has", "had", "can",
          "not", "no", "but", "if", "so", "will", "would", "there", "they", "what", "when", "how",
          "please", "的", "了", "是", "我", "你", "们");

  private final List<TrainingMaterial> materials;
  private final List<Map<String, Double>> vectors;
  private final Map<String, Double> idf;

  MaterialSearch(List<TrainingMaterial> materials) {
    this.materials = List.copyOf(materials);
    List<Map<String, Long>> counts =
        this.materials.stream()
            .map(m -> counts(m.material() + "\n" + m.title() + "\n" + m.title() + "\n" + m.body()))
            .toList();
    Map<String, Long> documents =
        counts.stream()
            .flatMap(c -> c.keySet().stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    this.idf = new HashMap<>();
    documents.forEach((term, df) -> idf.put(term, Math.log((this.materials.size() + 1.0) / df)));
    this.vectors = counts.stream().map(this::vector).toList();
  }

  /** A material and how well it fits, 0..1. */
  record Hit(TrainingMaterial material, double score) {

    /** Whether it fits well enough to answer without an agent. */
    boolean fits() {
      return score >= (material.language().equals("zh") ? THRESHOLD_CHINESE : THRESHOLD);
    }
  }

  /**
   * The best material, however badly it fits; empty when none shares a term with the question.
   *
   * @param hint words that count only where a material has them; empty for none
   */
  Optional<Hit> best(String question, String hint) {
    Map<String, Long> terms = counts(question);
    counts(hint)
        .forEach(
            (term, count) -> {
              if (idf.containsKey(term)) {
                terms.merge(term, count, Long::sum);
              }
            });
    Map<String, Double> wanted = vector(terms);
    return Stream.iterate(0, i -> i < materials.size(), i -> i + 1)
        .map(i -> new Hit(materials.get(i), cosine(wanted, vectors.get(i))))
        .filter(hit -> hit.score() > 0)
        .max(
            Comparator.comparingDouble(Hit::score)
                .thenComparing(hit -> hit.material().material(), Comparator.reverseOrder()));
  }

  /** Terms of a text: lower-case words without a plural s, and pairs of Han characters. */
  static Map<String, Long> counts(String text) {
    Map<String, Long> counts = new HashMap<>();
    Matcher matcher = TERM.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      terms(matcher.group()).forEach(term -> counts.merge(term, 1L, Long::sum));
    }
    counts.keySet().removeAll(STOP_WORDS);
    return counts;
  }

  private static Stream<String> terms(String run) {
    int[] points = run.codePoints().toArray();
    if (!Language.isHan(points[0])) {
      boolean plural = run.length() > 3 && run.endsWith("s") && !run.endsWith("ss");
      return Stream.of(plural ? run.substring(0, run.length() - 1) : run);
    }
    if (points.length == 1) {
      return Stream.of(run);
    }
    return Stream.iterate(0, i -> i < points.length - 1, i -> i + 1)
        .map(i -> new String(points, i, 2));
  }

  /** Terms that no material holds keep the largest weight in the norm: they are what is missing. */
  private Map<String, Double> vector(Map<String, Long> counts) {
    double unseen = Math.log(materials.size() + 1.0);
    Map<String, Double> vector = new HashMap<>();
    counts.forEach(
        (term, tf) -> vector.put(term, (1 + Math.log(tf)) * idf.getOrDefault(term, unseen)));
    return vector;
  }

  private static double cosine(Map<String, Double> a, Map<String, Double> b) {
    Set<String> shared = new HashSet<>(a.keySet());
    shared.retainAll(b.keySet());
    double dot = shared.stream().sorted().mapToDouble(term -> a.get(term) * b.get(term)).sum();
    double norm = norm(a) * norm(b);
    return norm == 0 ? 0 : Math.min(1, dot / norm);
  }

  private static double norm(Map<String, Double> vector) {
    return Math.sqrt(vector.values().stream().sorted().mapToDouble(v -> v * v).sum());
  }
}
