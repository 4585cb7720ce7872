package io.channelwise.promotion;

import io.channelwise.channel.Attraction;
import io.channelwise.promotion.RankedMaterials.Rank;
import io.channelwise.steering.MaterialRanking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * In which order a channel sends its materials: what suits its strongest segments first.
 *
 * <p>The fit of material M on channel C is the mean of its scores s(U,M) over the ranked segments,
 * weighted by how many of the channel's clicks to expect from each, Σ_U P(U) R(C,U) s(U,M) / Σ_U
 * P(U) R(C,U) ({@link Attraction}); every segment weighs the same while none has clicked. A
 * material that a segment never saw counts with the rate that {@link MaterialRanking} expects.
 */
final class MaterialOrder {
  private MaterialOrder() {}

  /**
   * @param position from 1, in its channel
   * @param fit 0..1
   */
  record Placed(String channel, int position, String material, double fit) {}

  /**
   * @param prepared each with its channel
   * @return by channel, then position, ties by name; empty when nothing is ranked
   */
  static List<Placed> of(List<Material> prepared, RankedMaterials ranking, Attraction attraction) {
    Map<String, List<Rank>> segments =
        ranking.ranks().stream()
            .collect(Collectors.groupingBy(Rank::segment, TreeMap::new, Collectors.toList()));
    if (segments.isEmpty()) {
      return List.of();
    }
    Map<String, List<Material>> channels =
        prepared.stream()
            .collect(Collectors.groupingBy(Material::channel, TreeMap::new, Collectors.toList()));
    List<Placed> order = new ArrayList<>();
    channels.forEach(
        (channel, materials) -> {
          Map<String, Double> weights = weights(channel, segments, attraction);
          List<Placed> sorted =
              materials.stream()
                  .map(m -> new Placed(channel, 0, m.material(), fit(m, segments, weights)))
                  .sorted(
                      Comparator.comparingDouble((Placed p) -> -p.fit())
                          .thenComparing(Placed::material))
                  .toList();
          for (int i = 0; i < sorted.size(); i++) {
            Placed p = sorted.get(i);
            order.add(new Placed(channel, i + 1, p.material(), p.fit()));
          }
        });
    return order;
  }

  private static Map<String, Double> weights(
      String channel, Map<String, List<Rank>> segments, Attraction attraction) {
    Map<String, Double> weights = new TreeMap<>();
    for (Attraction.Segment segment : attraction.segments()) {
      attraction
          .cell(channel, segment.segment())
          .filter(cell -> segments.containsKey(cell.segment()))
          .ifPresent(cell -> weights.put(cell.segment(), segment.weight() * cell.share()));
    }
    if (weights.isEmpty()) {
      segments.keySet().forEach(segment -> weights.put(segment, 1.0));
    }
    return weights;
  }

  private static double fit(
      Material material, Map<String, List<Rank>> segments, Map<String, Double> weights) {
    double sum = 0;
    double all = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      sum += weight.getValue() * score(material.material(), segments.get(weight.getKey()));
      all += weight.getValue();
    }
    return Math.min(1, sum / all);
  }

  private static double score(String material, List<Rank> ranks) {
    return ranks.stream()
        .filter(rank -> rank.material().equals(material))
        .findFirst()
        .map(Rank::score)
        .orElseGet(
            () ->
                MaterialRanking.expected(
                    ranks.stream().mapToLong(r -> r.views() == null ? 0 : r.views()).sum(),
                    ranks.stream().mapToLong(r -> r.clicks() == null ? 0 : r.clicks()).sum()));
  }
}
