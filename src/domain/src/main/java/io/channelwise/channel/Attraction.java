package io.channelwise.channel;

import io.channelwise.model.SegmentProbabilities;
import java.util.List;
import java.util.Optional;

/**
 * How strongly each channel draws each segment, from the clicks of a campaign.
 *
 * <p>With n(C,U) the clicks of segment U through channel C, n(U) their sum over the K channels of
 * the campaign and n all clicks:
 *
 * <ul>
 *   <li>weight P(U) = n(U) / n, or as given, such as the mean purchase probability of a segment by
 *       a released model, scaled to a sum of 1
 *   <li>share R(C,U) = a / (a + b), a = n(C,U) + α and b = n(U) − n(C,U) + α (K − 1): the posterior
 *       mean of a multinomial under the symmetric Dirichlet prior α = {@value #PRIOR} (Jeffreys),
 *       so that a channel that nobody of a segment has clicked yet keeps a small share and the
 *       logarithm below stays finite. Its marginal posterior is Beta(a, b); the interval is the
 *       middle {@value #LEVEL} of it (Gelman et al. 2013, Bayesian Data Analysis, section 3.4)
 *   <li>objective J(C) = Σ_U P(U) log R(C,U). Its interval is mean ± z standard deviations of Σ_U
 *       P(U) log R(C,U), which are known in closed form: E log R = ψ(a) − ψ(a + b), Var log R =
 *       ψ'(a) − ψ'(a + b), segments independent; normal, so approximate where clicks are few
 *   <li>attraction A(C) = Σ_U P(U) R(C,U), the expected share of all clicks
 * </ul>
 *
 * <p>Without any click no segment is known: every channel has A = 1/K and J = log(1/K).
 *
 * @param clicks n
 * @param segments by name; weights sum to 1; empty without clicks
 * @param cells one a channel and segment, by channel, then segment
 * @param ranking every channel, the highest objective first, ties by name
 * @param purchases the version whose means weigh the segments; null when clicks do, or weights that
 *     were given
 */
public record Attraction(
    long clicks,
    List<Segment> segments,
    List<Cell> cells,
    List<Ranked> ranking,
    SegmentProbabilities purchases) {

  /** α of the Dirichlet prior: Jeffreys' choice for a multinomial. */
  public static final double PRIOR = 0.5;

  /** Probability that the true value lies in an interval. */
  public static final double LEVEL = 0.95;

  public Attraction {
    segments = List.copyOf(segments);
    cells = List.copyOf(cells);
    ranking = List.copyOf(ranking);
  }

  /** Weighed by clicks, or by weights that were given. */
  public Attraction(long clicks, List<Segment> segments, List<Cell> cells, List<Ranked> ranking) {
    this(clicks, segments, cells, ranking, null);
  }

  Attraction with(SegmentProbabilities weighing) {
    return new Attraction(clicks, segments, cells, ranking, weighing);
  }

  /** P(U) of a segment. */
  public record Segment(String segment, long clicks, double weight) {}

  /**
   * R(C,U) of a channel and a segment.
   *
   * @param low lower end of the credible interval
   * @param high its upper end
   */
  public record Cell(
      String channel, String segment, long clicks, double share, double low, double high) {}

  /**
   * J(C) and A(C) of a channel.
   *
   * @param low lower end of the interval of the objective
   * @param high its upper end
   */
  public record Ranked(
      String channel, double objective, double low, double high, double attraction) {}

  /** R(C,U); empty when the channel or the segment is unknown. */
  public Optional<Cell> cell(String channel, String segment) {
    int low = 0;
    int high = cells.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Cell cell = cells.get(middle);
      int order = cell.channel().compareTo(channel);
      order = order == 0 ? cell.segment().compareTo(segment) : order;
      if (order == 0) {
        return Optional.of(cell);
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return Optional.empty();
  }

  /** J(C) and A(C); empty when the channel is unknown. */
  public Optional<Ranked> of(String channel) {
    return ranking.stream().filter(r -> r.channel().equals(channel)).findFirst();
  }
}
