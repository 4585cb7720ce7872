package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A search with what shows how good it is and what each constraint costs. A small case is searched
 * too, so that the search can be checked, but its front comes from all its plans.
 *
 * @param front not empty
 */
record PlanStudy(
    PlanModel model, PlanFront front, PlanCertificate certificate, List<ConstraintCost> costs) {

  static final Text STANDARD = new Text("Technical standard", "技术标准");
  static final Text CHANNELS = new Text("Number of channels", "渠道数量");
  static final Text CAPABILITY = new Text("Commercial capability, customers", "商业能力（客户数）");
  static final Text ALL = new Text("All three together", "三项合计");

  private static final int EVERY =
      PlanEnumeration.STANDARD | PlanEnumeration.CHANNELS | PlanEnumeration.CAPABILITY;

  /**
   * @throws IllegalStateException when the search found none of the feasible plans
   */
  static PlanStudy of(PlanModel model, int evaluations, long seed) {
    List<ScoredPlan> searched = PlanSearch.front(model, evaluations, seed);
    PlanEnumeration all = PlanEnumeration.fits(model) ? PlanEnumeration.of(model) : null;
    List<ScoredPlan> plans = all == null ? searched : all.front(0);
    if (plans.isEmpty()) {
      throw new IllegalStateException(
          "The plan search of market %s found none of the feasible plans in %d evaluations."
              .formatted(model.inputs().targetMarket(), evaluations));
    }
    PlanFront front = new PlanFront(plans, all == null ? evaluations : all.plans(), all != null);
    IntFunction<List<ScoredPlan>> without =
        all == null ? dropped -> searched(model, dropped, plans, evaluations, seed) : all::front;
    return new PlanStudy(
        model,
        front,
        certificate(model, front, searched, evaluations, seed),
        costs(model.inputs(), front, without));
  }

  private static PlanCertificate certificate(
      PlanModel model, PlanFront front, List<ScoredPlan> searched, int evaluations, long seed) {
    double[] reference = front.referencePoint();
    double[] best = FrontSelection.range(front.plans())[1];
    double box = 1;
    for (int i = 0; i < 3; i++) {
      box *= best[i] - reference[i];
    }
    double volume = front.hypervolume(reference);
    double part = new PlanFront(searched, evaluations, false).hypervolume(reference) / volume;
    return new PlanCertificate(
        seed,
        evaluations,
        PlanSpace.of(model).plansOfAMix() * (Math.pow(2, model.inputs().channels().size()) - 1),
        front.exact(),
        List.of(reference[0], reference[1], reference[2]),
        volume / box,
        front.exact() ? part : null);
  }

  /** The front without a constraint, by search; never worse than the front with it. */
  private static List<ScoredPlan> searched(
      PlanModel model, int dropped, List<ScoredPlan> front, int evaluations, long seed) {
    PlanInputs inputs = model.inputs();
    PlanInputs without =
        inputs.withConstraints(
            (dropped & PlanEnumeration.STANDARD) != 0 ? 0 : inputs.technicalStandard(),
            (dropped & PlanEnumeration.CHANNELS) != 0
                ? inputs.channels().size()
                : inputs.channelsMax(),
            (dropped & PlanEnumeration.CAPABILITY) != 0 ? null : inputs.capacity());
    List<ScoredPlan> found = PlanSearch.front(new PlanModel(without), evaluations, seed);
    return PlanSearch.nondominated(Stream.concat(front.stream(), found.stream()).toList());
  }

  /**
   * Measured from one reference point, that of the front without any constraint, so that dropping
   * more never costs less.
   */
  private static List<ConstraintCost> costs(
      PlanInputs inputs, PlanFront front, IntFunction<List<ScoredPlan>> without) {
    List<ScoredPlan> plans = front.plans();
    boolean limited = inputs.channelsMax() < inputs.channels().size();
    List<ScoredPlan> anyQuality = without.apply(PlanEnumeration.STANDARD);
    List<ScoredPlan> anyChannels = limited ? without.apply(PlanEnumeration.CHANNELS) : plans;
    List<ScoredPlan> anyDemand =
        inputs.capacity() != null ? without.apply(PlanEnumeration.CAPABILITY) : plans;
    List<ScoredPlan> free =
        PlanSearch.nondominated(
            Stream.of(anyQuality, anyChannels, anyDemand, without.apply(EVERY))
                .flatMap(List::stream)
                .toList());
    double[] reference = new PlanFront(free, 0, false).referencePoint();
    return List.of(
        cost(STANDARD, inputs.technicalStandard(), plans, anyQuality, reference),
        cost(CHANNELS, (double) inputs.channelsMax(), plans, anyChannels, reference),
        cost(CAPABILITY, inputs.capacity(), plans, anyDemand, reference),
        cost(ALL, null, plans, free, reference));
  }

  private static ConstraintCost cost(
      Text name, Double limit, List<ScoredPlan> with, List<ScoredPlan> free, double[] reference) {
    double lost =
        1
            - new PlanFront(with, 0, false).hypervolume(reference)
                / new PlanFront(free, 0, false).hypervolume(reference);
    return new ConstraintCost(
        name,
        limit,
        FrontSelection.range(with)[1],
        FrontSelection.range(free)[1],
        // What the order of additions leaves is no cost.
        lost > 1e-9 ? lost : 0);
  }
}
