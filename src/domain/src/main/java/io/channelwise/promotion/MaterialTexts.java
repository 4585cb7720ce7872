package io.channelwise.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The two texts of a pair, in whatever language they came; the same for learning and for ranking.
 */
final class MaterialTexts {
  /** Pain points of a segment that are read, the most named first. */
  static final int PAIN_POINTS_MAX = 5;

  /** Characters of a text: more than any model of ours reads. */
  static final int CHARS_MAX = 2000;

  private MaterialTexts() {}

  /**
   * The segment as its customers describe it: {@code name: pain point; pain point}.
   *
   * @param painPoints the most named first; may be empty
   */
  static String segment(String name, List<String> painPoints) {
    String named = painPoints.stream().limit(PAIN_POINTS_MAX).collect(Collectors.joining("; "));
    return cut(named.isEmpty() ? name : name + ": " + named);
  }

  /** Title and text, one line each. */
  static String material(Material material) {
    return cut(material.title() + "\n" + material.body());
  }

  /**
   * Every segment with every material, by segment as given, then by the material's name. A material
   * that has another text for some channels is read with that of the first one.
   *
   * @param painPoints by segment, the most named first
   */
  static List<MaterialPair> pairs(
      List<String> segments, Map<String, List<String>> painPoints, List<Material> materials) {
    Map<String, String> texts = new TreeMap<>();
    materials.forEach(m -> texts.putIfAbsent(m.material(), material(m)));
    List<MaterialPair> pairs = new ArrayList<>();
    for (String segment : segments) {
      String first = segment(segment, painPoints.getOrDefault(segment, List.of()));
      texts.forEach((name, text) -> pairs.add(new MaterialPair(segment, name, first, text)));
    }
    return pairs;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= CHARS_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, CHARS_MAX));
  }
}
