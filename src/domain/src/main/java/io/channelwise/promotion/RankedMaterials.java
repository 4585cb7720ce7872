package io.channelwise.promotion;

import io.channelwise.steering.MaterialRanking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which of a cycle's materials suits which segment, as known before people approved them.
 *
 * @param modelName the model that read the texts; null for the other sources
 * @param modelVersion its version; null for the other sources
 * @param ranks by segment, then place, then material; empty when nothing was known
 */
public record RankedMaterials(
    Source source, String modelName, Integer modelVersion, List<Rank> ranks) {

  public RankedMaterials {
    Objects.requireNonNull(source);
    ranks = List.copyOf(ranks);
  }

  /** What the ranking stands on. */
  public enum Source {
    /** The released text-pair model. */
    MODEL,
    /** Clicks a view, where a material went before. */
    CLICKS,
    /** Neither was there: unranked. */
    NONE;

    static Source of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** As it is stored, and read by processes. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A material in a segment.
   *
   * @param place from 1; materials that come out alike share it
   * @param score of a model: probability that it suits; of clicks: clicks a view; 0..1
   * @param views counted; null for a model, as are the next three
   * @param low of the 95 % credible interval of the score
   * @param high of the 95 % credible interval of the score
   */
  public record Rank(
      String segment,
      int place,
      String material,
      double score,
      Long views,
      Long clicks,
      Double low,
      Double high) {}

  static RankedMaterials byModel(String name, int version, List<MaterialPair.Scored> scores) {
    List<MaterialPair.Scored> sorted =
        scores.stream()
            .sorted(
                Comparator.comparing(MaterialPair.Scored::segment)
                    .thenComparing(Comparator.comparing(MaterialPair.Scored::score).reversed())
                    .thenComparing(MaterialPair.Scored::material))
            .toList();
    List<Rank> ranks = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < sorted.size(); i++) {
      MaterialPair.Scored one = sorted.get(i);
      Rank before = i == 0 ? null : ranks.get(i - 1);
      boolean same = before != null && before.segment().equals(one.segment());
      begin = same ? begin : i;
      int place = same && before.score() == one.score() ? before.place() : i - begin + 1;
      ranks.add(
          new Rank(one.segment(), place, one.material(), one.score(), null, null, null, null));
    }
    return new RankedMaterials(Source.MODEL, name, version, ranks);
  }

  static RankedMaterials byClicks(List<MaterialRanking.Ranked> ranking) {
    return new RankedMaterials(
        ranking.isEmpty() ? Source.NONE : Source.CLICKS,
        null,
        null,
        ranking.stream()
            .map(
                r ->
                    new Rank(
                        r.segment(),
                        r.rank(),
                        r.material(),
                        r.rate(),
                        r.views(),
                        r.clicks(),
                        r.low(),
                        r.high()))
            .toList());
  }
}
