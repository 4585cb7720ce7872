package io.channelwise.plan;

import java.util.List;

/**
 * How good a search was.
 *
 * @param seed of the search
 * @param evaluations of plans by the search
 * @param plans of the grid, over all mixes of channels
 * @param exact whether all of them were looked at, so that the front is complete
 * @param referencePoint of the hypervolume: market share, revenue, satisfaction
 * @param hypervolume of the front shown, as a part of the box between the reference point and the
 *     best of each objective, 0..1
 * @param searchedPart hypervolume of what the search alone found, over that of all plans; null when
 *     not all were looked at
 */
public record PlanCertificate(
    long seed,
    int evaluations,
    double plans,
    boolean exact,
    List<Double> referencePoint,
    double hypervolume,
    Double searchedPart) {

  public PlanCertificate {
    referencePoint = List.copyOf(referencePoint);
  }
}
