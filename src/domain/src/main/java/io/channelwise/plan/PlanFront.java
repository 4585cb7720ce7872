package io.channelwise.plan;

import java.util.List;

/**
 * Plans that keep the constraints and of which none is at least as good as another in market share,
 * revenue and satisfaction at once.
 *
 * @param plans the largest market share first
 * @param evaluations plans looked at
 * @param exact whether every plan of the grid was looked at, so that the front is complete
 */
public record PlanFront(List<ScoredPlan> plans, long evaluations, boolean exact) {

  public PlanFront {
    plans = List.copyOf(plans);
  }

  private List<double[]> points() {
    return plans.stream().map(ScoredPlan::objectives).toList();
  }

  /**
   * Where hypervolumes of this front are measured from: of market share, revenue and satisfaction
   * the worst on the front less a tenth of its range.
   *
   * @throws java.util.NoSuchElementException when the front is empty
   */
  public double[] referencePoint() {
    return Hypervolume.reference(points());
  }

  /**
   * Volume of the objectives that the front dominates.
   *
   * @param reference of three values; only what lies above it counts
   */
  public double hypervolume(double[] reference) {
    return Hypervolume.of(points(), reference);
  }

  /** The plan nearest the point that is best in every objective; see {@link FrontSelection}. */
  public ScoredPlan knee() {
    return FrontSelection.knee(plans);
  }

  /** The plan whose worst shortfall of the wish, in parts of the front's range, is least. */
  public ScoredPlan nearest(PlanWish wish) {
    return FrontSelection.nearest(plans, wish);
  }
}
