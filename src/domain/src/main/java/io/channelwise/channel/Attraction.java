package io.channelwise.channel;

import java.util.List;
import java.util.Optional;

/**
 * How strongly each channel draws each segment, from the clicks of a campaign.
 *
 * <p>With n(C,U) the clicks of segment U through channel C, n(U) their sum over the K channels of
 * the campaign and n all clicks:
 *
 * <ul>
 *   <li>weight P(U) = n(U) / n
 *   <li>share R(C,U) = (n(C,U) + α) / (n(U) + α K): the posterior mean of a multinomial under the
 *       symmetric Dirichlet prior α = {@value #PRIOR} (Jeffreys), so that a channel that nobody of
 *       a segment has clicked yet keeps a small share and the logarithm below stays finite
 *   <li>objective J(C) = Σ_U P(U) log R(C,U)
 *   <li>attraction A(C) = Σ_U P(U) R(C,U), the expected share of all clicks
 * </ul>
 *
 * <p>Without any click no segment is known: every channel has A = 1/K and J = log(1/K).
 *
 * @param clicks n
 * @param segments by name; weights sum to 1; empty without clicks
 * @param cells one a channel and segment, by channel, then segment
 * @param ranking every channel, the highest objective first, ties by name
 */
public record Attraction(
    long clicks, List<Segment> segments, List<Cell> cells, List<Ranked> ranking) {

  /** α of the Dirichlet prior: Jeffreys' choice for a multinomial. */
  public static final double PRIOR = 0.5;

  public Attraction {
    segments = List.copyOf(segments);
    cells = List.copyOf(cells);
    ranking = List.copyOf(ranking);
  }

  /** P(U) of a segment. */
  public record Segment(String segment, long clicks, double weight) {}

  /** R(C,U) of a channel and a segment. */
  public record Cell(String channel, String segment, long clicks, double share) {}

  /** J(C) and A(C) of a channel. */
  public record Ranked(String channel, double objective, double attraction) {}

  /** R(C,U); empty when the channel or the segment is unknown. */
  public Optional<Cell> cell(String channel, String segment) {
    return cells.stream()
        .filter(c -> c.channel().equals(channel) && c.segment().equals(segment))
        .findFirst();
  }

  /** J(C) and A(C); empty when the channel is unknown. */
  public Optional<Ranked> of(String channel) {
    return ranking.stream().filter(r -> r.channel().equals(channel)).findFirst();
  }
}
