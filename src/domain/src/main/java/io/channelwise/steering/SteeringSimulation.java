package io.channelwise.steering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * A promotion played through with known truth, once a policy.
 *
 * <p>Half of each approved amount goes out at the start under every policy, as a dispatch does; the
 * rest by {@link Pacing} in even steps. Money released in one step has worked by the next: clicks
 * are Poisson, purchases binomial. Every policy keeps to the same limits and the same pace. Regret
 * is what the clairvoyant policy expects to bring more, in expected purchases; the noise of the
 * outcomes themselves is left out (pseudo-regret).
 */
public final class SteeringSimulation {
  private static final int STEPS = 14;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final List<Truth> truths;
  private final BigDecimal budget;

  /**
   * A channel as it is.
   *
   * @param approved whole cents
   * @param cap as of {@link Arm#cap()}; null for none
   * @param clicksAUnit expected clicks for one unit of money, above 0
   * @param conversion purchases a click, 0..1
   */
  public record Truth(
      String channel, BigDecimal approved, BigDecimal cap, double clicksAUnit, double conversion) {

    double value() {
      return clicksAUnit * conversion;
    }
  }

  /** Who splits the money due. */
  public enum Policy {
    /** {@link Steerer}. */
    STEERING,
    /** Equal parts, what a limit cuts off to the others. */
    UNIFORM,
    /** As approved, whatever comes in. */
    FIXED,
    /** Knows every rate: the best channel up to its limit, then the next. */
    CLAIRVOYANT
  }

  /**
   * How a policy did.
   *
   * @param purchases expected
   * @param regret what the clairvoyant policy brings more
   * @param spent by channel, in the order of the truths
   */
  public record Result(double purchases, double regret, List<BigDecimal> spent) {}

  /**
   * @throws SteeringException when there is no channel
   */
  public SteeringSimulation(List<Truth> truths) {
    if (truths.isEmpty()) {
      throw new SteeringException("There is no channel to simulate; name at least one.");
    }
    this.truths = truths.stream().sorted(Comparator.comparing(Truth::channel)).toList();
    this.budget =
        truths.stream().map(Truth::approved).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
  }

  /** Every policy once, against the same truth and seed. */
  public Map<Policy, Result> run(long seed) {
    Map<Policy, List<BigDecimal>> spent = new EnumMap<>(Policy.class);
    for (Policy policy : Policy.values()) {
      spent.put(policy, play(policy, seed));
    }
    double best = purchases(spent.get(Policy.CLAIRVOYANT));
    Map<Policy, Result> results = new EnumMap<>(Policy.class);
    spent.forEach(
        (policy, money) -> {
          double purchases = purchases(money);
          results.put(policy, new Result(purchases, best - purchases, money));
        });
    return results;
  }

  private double purchases(List<BigDecimal> spent) {
    double sum = 0;
    for (int c = 0; c < truths.size(); c++) {
      sum += spent.get(c).doubleValue() * truths.get(c).value();
    }
    return sum;
  }

  private List<BigDecimal> play(Policy policy, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = truths.size();
    BigDecimal[] spent = new BigDecimal[n];
    long[] clicks = new long[n];
    long[] conversions = new long[n];
    Arrays.setAll(spent, c -> truths.get(c).approved().divide(TWO, 2, RoundingMode.DOWN));
    BigDecimal[] working = spent.clone();
    for (int step = 1; step <= STEPS; step++) {
      SplittableRandom outcomes = random.split();
      List<Arm> arms = new ArrayList<>();
      for (int c = 0; c < n; c++) {
        Truth truth = truths.get(c);
        long clicked = clicks(working[c].doubleValue() * truth.clicksAUnit(), outcomes);
        clicks[c] += clicked;
        conversions[c] += bought(clicked, truth.conversion(), outcomes);
        arms.add(
            new Arm(
                truth.channel(),
                truth.approved(),
                truth.cap(),
                spent[c],
                clicks[c],
                conversions[c]));
      }
      BigDecimal gone = Arrays.stream(spent).reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal due = Pacing.due(budget, gone, Duration.ofDays(step), Duration.ofDays(STEPS));
      working = split(policy, due, arms, seed * STEPS + step);
      for (int c = 0; c < n; c++) {
        spent[c] = spent[c].add(working[c]);
      }
    }
    return List.of(spent);
  }

  private BigDecimal[] split(Policy policy, BigDecimal due, List<Arm> arms, long seed) {
    return switch (policy) {
      case STEERING ->
          Steerer.steer(due, arms, seed).shifts().stream()
              .map(SteeringAnswer.Shift::amount)
              .toArray(BigDecimal[]::new);
      case FIXED ->
          Steerer.steer(due, arms, seed).shifts().stream()
              .map(SteeringAnswer.Shift::planned)
              .toArray(BigDecimal[]::new);
      case UNIFORM -> uniform(due, arms);
      case CLAIRVOYANT -> clairvoyant(due, arms);
    };
  }

  private static BigDecimal[] uniform(BigDecimal due, List<Arm> arms) {
    double[] weights = new double[arms.size()];
    Arrays.fill(weights, 1);
    long[] rooms =
        arms.stream().mapToLong(arm -> arm.room().movePointRight(2).longValueExact()).toArray();
    return Arrays.stream(WaterFill.split(due.movePointRight(2).doubleValue(), weights, rooms))
        .mapToObj(cents -> BigDecimal.valueOf((long) Math.floor(cents), 2))
        .toArray(BigDecimal[]::new);
  }

  private BigDecimal[] clairvoyant(BigDecimal due, List<Arm> arms) {
    BigDecimal[] parts = new BigDecimal[arms.size()];
    BigDecimal left = due;
    List<Integer> order =
        IntStream.range(0, arms.size())
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -truths.get(c).value()))
            .toList();
    for (int c : order) {
      parts[c] = left.min(arms.get(c).room());
      left = left.subtract(parts[c]);
    }
    return parts;
  }

  private static long clicks(double expected, SplittableRandom random) {
    UniformRandomProvider source = random::nextLong;
    return expected <= 0 ? 0 : PoissonDistribution.of(expected).createSampler(source).sample();
  }

  private static long bought(long clicks, double rate, SplittableRandom random) {
    UniformRandomProvider source = random::nextLong;
    return clicks == 0
        ? 0
        : BinomialDistribution.of(Math.toIntExact(clicks), rate).createSampler(source).sample();
  }
}
