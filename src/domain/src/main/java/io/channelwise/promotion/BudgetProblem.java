package io.channelwise.promotion;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationAnswer.Share;
import io.channelwise.allocation.AllocationException;
import io.channelwise.allocation.AllocationProblem;
import io.channelwise.allocation.Allocator;
import io.channelwise.allocation.ChannelTerms;
import io.channelwise.allocation.Saturation;
import io.channelwise.allocation.SaturationText;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelEffects;
import io.channelwise.channel.SegmentWeights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a campaign brings, as a problem of {@link Allocator}.
 *
 * <ul>
 *   <li><b>Attraction</b>: P(U) from the clicks, r(C,U) as {@link ChannelEffects} has it: the share
 *       of clicks, times what attribution says a click is worth where there were purchases. Before
 *       any click each channel's audience counts as a segment of its own, weighed by the channel's
 *       reach; the optimum is then the share of reach (Kelly's horse race). Where channels have a
 *       least amount, each also reaches {@value #SPILL} of the others' audiences, so that leaving
 *       one out is possible.
 *   <li><b>Fixed cost</b>: none. The fee of a signed deal is owed from the signature on, promoted
 *       or not, and was approved with the contract: it is sunk. Taken from this budget it would be
 *       counted twice, and would leave out channels that are paid for already; only what a channel
 *       costs <em>more</em> when it is used may sway the sharing. Sharings recorded before this was
 *       so keep theirs, so that they can be replayed.
 *   <li><b>Cap and least amount</b>: the budgets that {@code activities.csv} plans on the channel,
 *       together: at most {@value #PLAN_MOST} times the plan, because materials and slots are
 *       ordered for that size; at least {@value #PLAN_LEAST} of it or nothing. A budget below the
 *       sum of the plans lowers the least amounts in proportion: the shares of a smaller budget,
 *       scaled up, then meet those of a larger one, so that more money never does worse. No plan,
 *       no bounds.
 *   <li><b>Saturation</b>: the half-saturation spend of {@code channels.csv}, else the one that the
 *       recorded days tell ({@link Saturation}); none where they tell none.
 *   <li><b>Floor</b>: what the channel has spent already.
 * </ul>
 *
 * @param budget for these channels, above 0
 * @param channels at least one
 */
record BudgetProblem(
    BigDecimal budget,
    String currency,
    List<Candidate> channels,
    Attraction attraction,
    ChannelEffects effects) {
  static final double PLAN_MOST = 1.5;
  static final double PLAN_LEAST = 0.5;
  private static final double SPILL = 1e-6;
  private static final Text PROMOTION = new Text("over the promotion", "整个推广期内");
  private static final double UNSEEN = 1e-9;

  /** Relative differences below this are nobody's concern. */
  private static final double SAME = 1e-4;

  /**
   * A channel that may get money.
   *
   * @param reach people
   * @param fixedCost falls due only when the channel is used; 0 but in old sharings
   * @param planned budgets of its activities; null when none has one
   * @param spent already
   * @param saturation over the promotion; null in sharings of earlier releases
   */
  record Candidate(
      String channel,
      double reach,
      double fixedCost,
      Double planned,
      BigDecimal spent,
      Saturation saturation) {

    /** Most it may get; infinite without a plan. */
    double cap() {
      return planned == null
          ? Double.POSITIVE_INFINITY
          : Math.max(PLAN_MOST * planned, spent.doubleValue());
    }

    /**
     * @param part of the least amount that counts, 0 to 1
     */
    ChannelTerms terms(double part) {
      ChannelTerms free =
          ChannelTerms.of(channel).withFixedCost(fixedCost).withFloor(spent.doubleValue());
      ChannelTerms terms = saturation == null ? free : saturation.on(free);
      if (planned == null) {
        return terms;
      }
      return terms.withCap(cap()).withLeastIfChosen(part * PLAN_LEAST * planned);
    }
  }

  /**
   * The expected and the cautious sharing.
   *
   * @param cautious at the lower credible bounds of the attraction; null before any click
   * @param sentences the reasons for the expected one, and what caution would change
   */
  record Solved(AllocationAnswer expected, AllocationAnswer cautious, List<Text> sentences) {}

  /**
   * @throws AllocationException when fixed costs and floors leave no sharing
   */
  Solved solve() {
    return solve(budget.doubleValue());
  }

  /**
   * @param reference the money that counts as a share of one
   * @throws AllocationException when fixed costs and floors leave no sharing
   */
  Solved solve(double reference) {
    try {
      return solve(problem(leastPart(), reference));
    } catch (AllocationException tooLittle) {
      // What spent money leaves may be too little for any plan: better used than refused.
      return solve(problem(0, reference));
    }
  }

  private double leastPart() {
    double planned =
        channels.stream().mapToDouble(c -> c.planned() == null ? 0 : c.planned()).sorted().sum();
    return planned > 0 ? Math.min(1, budget.doubleValue() / planned) : 1;
  }

  /** The objective of amounts that answer another problem; negative infinity when not reached. */
  double objective(AllocationAnswer answer) {
    return problem(0, budget.doubleValue()).objective(amounts(answer));
  }

  private Solved solve(AllocationProblem problem) {
    AllocationAnswer expected = Allocator.solve(problem);
    List<Text> sentences = new ArrayList<>(expected.sentences());
    sentences.addAll(SaturationText.of(saturations(), currency, PROMOTION));
    if (attraction.segments().isEmpty()) {
      return new Solved(expected, null, sentences);
    }
    AllocationAnswer cautious = Allocator.solve(problem.cautious());
    sentences.add(caution(problem, expected, cautious));
    sentences.add(SegmentWeights.sentence(attraction));
    return new Solved(expected, cautious, sentences);
  }

  /** By channel, where it is known. */
  SortedMap<String, Saturation> saturations() {
    SortedMap<String, Saturation> saturations = new TreeMap<>();
    channels.stream()
        .filter(c -> c.saturation() != null)
        .forEach(c -> saturations.put(c.channel(), c.saturation()));
    return saturations;
  }

  /** What it would cost to be cautious, and what it would be worth if the bad case came. */
  private static Text caution(
      AllocationProblem problem, AllocationAnswer expected, AllocationAnswer cautious) {
    double given = Math.expm1(expected.objective() - problem.objective(amounts(cautious)));
    double gained =
        Math.expm1(cautious.objective() - problem.cautious().objective(amounts(expected)));
    if (Math.max(given, gained) < SAME) {
      return new Text(
          "At the lower credible bounds of the attraction the same sharing is best.",
          "按吸引度的可信下界计算，最优分配相同。");
    }
    return new Text(
        String.format(
            Locale.ROOT,
            "The cautious amounts would give up %.2f %% of the expected attraction; were the attraction at its lower bounds everywhere, they would bring %.2f %% more.",
            100 * Math.max(0, given),
            100 * Math.max(0, gained)),
        String.format(
            Locale.ROOT,
            "若采用谨慎金额，预期吸引度将减少 %.2f %%；若吸引度处处处于可信下界，则可多得 %.2f %%。",
            100 * Math.max(0, given),
            100 * Math.max(0, gained)));
  }

  private static Map<String, Double> amounts(AllocationAnswer answer) {
    return answer.shares().stream()
        .collect(Collectors.toMap(Share::channel, s -> s.amount().doubleValue()));
  }

  private AllocationProblem problem(double leastPart, double reference) {
    AllocationProblem.Builder builder =
        AllocationProblem.withBudget(budget.doubleValue()).reference(reference).currency(currency);
    channels.forEach(c -> builder.channel(c.terms(leastPart)));
    if (attraction.segments().isEmpty()) {
      byReach(builder);
    } else {
      byClicks(builder);
    }
    return builder.build();
  }

  private void byClicks(AllocationProblem.Builder builder) {
    attraction.segments().forEach(u -> builder.segment(u.segment(), u.weight()));
    Map<String, Candidate> known =
        channels.stream().collect(Collectors.toMap(Candidate::channel, c -> c));
    effects.effects().stream()
        .filter(effect -> known.containsKey(effect.channel()))
        .forEach(
            effect ->
                builder.attraction(
                    effect.channel(), effect.segment(), effect.expected(), lower(effect)));
  }

  /** Above zero wherever the expectation is, so that both sharings reach the same segments. */
  private static double lower(ChannelEffects.Effect effect) {
    return Math.min(effect.expected(), Math.max(effect.low(), UNSEEN * effect.expected()));
  }

  private void byReach(AllocationProblem.Builder builder) {
    boolean known = channels.stream().anyMatch(c -> c.reach() > 0);
    boolean costs = channels.stream().anyMatch(c -> c.fixedCost() > 0 || c.planned() != null);
    for (Candidate own : channels) {
      builder.segment(own.channel(), known ? own.reach() : 1);
      for (Candidate other : channels) {
        double attraction = other == own ? 1 : costs ? SPILL : 0;
        builder.attraction(other.channel(), own.channel(), attraction);
      }
    }
  }
}
