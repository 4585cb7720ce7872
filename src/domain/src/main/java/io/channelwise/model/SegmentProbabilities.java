package io.channelwise.model;

import io.channelwise.campaign.Briefing.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * P(U) by a released version of a model of purchases.
 *
 * @param version of the model
 * @param segments by name, at least one
 */
public record SegmentProbabilities(String modelName, int version, List<Segment> segments) {

  /** Name of the model that says how likely users buy. */
  public static final String MODEL = "purchase-probability";

  public SegmentProbabilities {
    segments = List.copyOf(segments);
  }

  /**
   * One segment.
   *
   * @param users it rests on
   * @param probability mean over its users, each by a model taught without the user; above 0
   * @param low lower end of the 95 % bootstrap interval
   * @param high its upper end
   * @param observed share of its users who bought
   */
  public record Segment(
      String segment, int users, double probability, double low, double high, double observed) {}

  /** Mean over all users: what is known of a segment that the model has not met. */
  public double ofAll() {
    double users = segments.stream().mapToInt(Segment::users).sum();
    return segments.stream().mapToDouble(s -> s.probability() * s.users() / users).sum();
  }

  /** The version, as the input of figures. */
  public Source source() {
    return ModelSources.version(modelName, version);
  }

  /** By segment. */
  public Map<String, Double> bySegment() {
    Map<String, Double> probabilities = new TreeMap<>();
    segments.forEach(s -> probabilities.put(s.segment(), s.probability()));
    return probabilities;
  }
}
