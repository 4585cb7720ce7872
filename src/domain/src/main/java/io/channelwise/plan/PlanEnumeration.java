package io.channelwise.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Every plan of a small case that earns money, so that fronts are known exactly: on the grid of
 * {@link PlanSpace}, over all mixes of channels, with and without each constraint. Immutable.
 */
final class PlanEnumeration {
  /** Cases with more plans are searched only. */
  static final long PLANS_MAX = 1_200_000;

  static final int STANDARD = 1;
  static final int CHANNELS = 2;
  static final int CAPABILITY = 4;

  private static final int SERVICES = PlanSpace.SERVICE_MAX - PlanSpace.SERVICE_MIN + 1;

  /** Bits of a sort key that hold the plan's place. */
  private static final int PLACE_BITS = 21;

  private final PlanModel model;
  private final PlanSpace space;
  private final long plans;
  private int size;

  /** Per plan that earns money: its number in the enumeration, and the constraints it breaks. */
  private int[] codes = new int[1024];

  private byte[] broken = new byte[1024];
  private double[][] objectives = new double[3][1024];

  /** Places in the arrays, the largest market share first. */
  private final int[] order;

  private PlanEnumeration(PlanModel model) {
    this.model = model;
    this.space = PlanSpace.of(model);
    this.plans = plans(model);
    for (int mix = 1; mix < 1 << model.inputs().channels().size(); mix++) {
      BitSet bits = BitSet.valueOf(new long[] {mix});
      int code = (mix - 1) * (int) space.plansOfAMix();
      for (PricingModel pricing : PricingModel.values()) {
        for (int price = 1; price <= space.priceSteps(); price++) {
          for (int service = PlanSpace.SERVICE_MIN; service <= PlanSpace.SERVICE_MAX; service++) {
            double level = PlanSpace.service(service);
            add(code++, model.figures(pricing, space.price(price), level, bits));
          }
        }
      }
    }
    this.order = sorted();
  }

  /** Whether the case is small enough to be enumerated. */
  static boolean fits(PlanModel model) {
    return model.inputs().channels().size() <= 20 && plans(model) <= PLANS_MAX;
  }

  /** How many plans the case has, those that lose money included. */
  static long plans(PlanModel model) {
    return PlanSpace.of(model).plansOfAMix() * ((1L << model.inputs().channels().size()) - 1);
  }

  /**
   * @throws IllegalArgumentException when the case is too large
   */
  static PlanEnumeration of(PlanModel model) {
    if (!fits(model)) {
      throw new IllegalArgumentException(
          "The case has %d channels; at most %d plans are enumerated. Search it instead."
              .formatted(model.inputs().channels().size(), PLANS_MAX));
    }
    return new PlanEnumeration(model);
  }

  long plans() {
    return plans;
  }

  private void add(int code, PlanModel.Figures figures) {
    if (!(figures.revenue() > 0)) {
      return;
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, 2 * size);
      broken = Arrays.copyOf(broken, 2 * size);
      for (int i = 0; i < 3; i++) {
        objectives[i] = Arrays.copyOf(objectives[i], 2 * size);
      }
    }
    double[] misses = model.misses(figures);
    codes[size] = code;
    broken[size] =
        (byte)
            ((misses[0] > 0 ? STANDARD : 0)
                | (misses[1] > 0 ? CHANNELS : 0)
                | (misses[2] > 0 ? CAPABILITY : 0));
    objectives[0][size] = figures.marketShare();
    objectives[1][size] = figures.revenue();
    objectives[2][size] = figures.satisfaction();
    size++;
  }

  /** By market share to 43 bits, so that the sort is one of primitives. */
  private int[] sorted() {
    long[] keys = new long[size];
    long whole = 1L << (63 - PLACE_BITS);
    for (int i = 0; i < size; i++) {
      keys[i] = (long) ((1 - objectives[0][i]) * (whole - 1)) << PLACE_BITS | i;
    }
    Arrays.sort(keys);
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = (int) (keys[i] & (1 << PLACE_BITS) - 1);
    }
    return places;
  }

  /**
   * The Pareto front, the largest market share first.
   *
   * @param dropped constraints that need not be kept, as a sum of the constants
   */
  List<ScoredPlan> front(int dropped) {
    Staircase candidates = new Staircase();
    List<Integer> risen = new ArrayList<>();
    for (int place : order) {
      if ((broken[place] & ~dropped) == 0
          && candidates.add(objectives[1][place], objectives[2][place])) {
        risen.add(place);
      }
    }
    // Shares that differ by less than the sort tells are put in order here.
    risen.sort(
        Comparator.comparingDouble((Integer p) -> -objectives[0][p])
            .thenComparingDouble(p -> -objectives[1][p])
            .thenComparingDouble(p -> -objectives[2][p])
            .thenComparingInt(p -> codes[p]));
    Staircase exact = new Staircase();
    List<ScoredPlan> front = new ArrayList<>();
    for (int place : risen) {
      if (exact.add(objectives[1][place], objectives[2][place])) {
        PlanDecision decision = decision(codes[place]);
        front.add(new ScoredPlan(decision, model.evaluate(decision)));
      }
    }
    return front;
  }

  private PlanDecision decision(int code) {
    int perMix = (int) space.plansOfAMix();
    int within = code % perMix;
    BitSet mix = BitSet.valueOf(new long[] {code / perMix + 1L});
    int perPricing = space.priceSteps() * SERVICES;
    return new PlanDecision(
        PricingModel.values()[within / perPricing],
        space.price(within % perPricing / SERVICES + 1),
        PlanSpace.service(PlanSpace.SERVICE_MIN + within % SERVICES),
        mix.stream().mapToObj(i -> model.inputs().channels().get(i).channel()).toList());
  }
}
