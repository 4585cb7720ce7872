package io.channelwise.bench.market;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationProblem;
import io.channelwise.allocation.Allocator;
import io.channelwise.allocation.ChannelTerms;
import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bench.measure.Table;
import io.channelwise.steering.SteeringSimulation;
import io.channelwise.steering.SteeringSimulation.Policy;
import io.channelwise.steering.SteeringSimulation.Result;
import io.channelwise.steering.SteeringSimulation.Truth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Regret of steering against uniform, fixed and clairvoyant splits of the same money at the same
 * pace within the same limits. Each seed draws a market of 8 channels and 6 segments, shares 20,000
 * out with the allocator, caps on every third channel, and draws conversion rates of 1 to 10 % that
 * the allocation does not know.
 */
public final class SteeringBenchmark implements Benchmark {
  private static final int SEEDS = 100;
  private static final int CHANNELS = 8;
  private static final int SEGMENTS = 6;
  private static final double BUDGET = 20_000;

  @Override
  public String name() {
    return "steering";
  }

  @Override
  public String what() {
    return "regret of promotion steering, against uniform, fixed and clairvoyant splits";
  }

  @Override
  public String takes() {
    return "10 s";
  }

  @Override
  public String repeats() {
    return "means of %d seeds".formatted(SEEDS);
  }

  @Override
  public void run(BenchContext context) {
    Map<Policy, double[]> regret = new EnumMap<>(Policy.class);
    Map<Policy, double[]> purchases = new EnumMap<>(Policy.class);
    for (Policy policy : Policy.values()) {
      regret.put(policy, new double[SEEDS]);
      purchases.put(policy, new double[SEEDS]);
    }
    for (int i = 0; i < SEEDS; i++) {
      long seed = context.seed() + i;
      Map<Policy, Result> results = new SteeringSimulation(market(seed)).run(seed);
      for (Policy policy : Policy.values()) {
        regret.get(policy)[i] = results.get(policy).regret();
        purchases.get(policy)[i] = results.get(policy).purchases();
      }
    }
    context.say(table(regret, purchases));
    double uniform = mean(regret.get(Policy.UNIFORM));
    double steering = mean(regret.get(Policy.STEERING));
    double fixed = mean(regret.get(Policy.FIXED));
    context.figures().atMost("regret over the uniform policy's", steering / uniform, "", 0.5);
    context.figures().tell("regret over the fixed policy's", steering / fixed, "");
    int won = 0;
    for (int i = 0; i < SEEDS; i++) {
      won += regret.get(Policy.STEERING)[i] <= 0.5 * regret.get(Policy.UNIFORM)[i] ? 1 : 0;
    }
    context.figures().tell("seeds with at most half of uniform's regret", won, "of " + SEEDS);
  }

  private static Table table(Map<Policy, double[]> regret, Map<Policy, double[]> purchases) {
    Table table = new Table("policy", "purchases, mean", "regret, mean", "median", "95th of 100");
    regret.forEach(
        (policy, values) ->
            table.row(
                policy.name().toLowerCase(Locale.ROOT),
                shown(mean(purchases.get(policy))),
                shown(mean(values)),
                shown(new Samples(values).median()),
                shown(new Samples(values).p95())));
    return table;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Approved by the allocator; what really converts is drawn apart from it. */
  private static List<Truth> market(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AllocationProblem.Builder builder = AllocationProblem.withBudget(BUDGET).currency("EUR");
    for (int u = 0; u < SEGMENTS; u++) {
      builder.segment("u" + u, 0.2 + random.nextDouble());
    }
    List<Double> caps = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      double cap = c % 3 == 0 ? BUDGET * (0.1 + 0.15 * random.nextDouble()) : Double.NaN;
      ChannelTerms terms = ChannelTerms.of("c" + c).withFloor(0.04 * BUDGET);
      builder.channel(Double.isNaN(cap) ? terms : terms.withCap(cap));
      caps.add(cap);
      for (int u = 0; u < SEGMENTS; u++) {
        builder.attraction("c" + c, "u" + u, 0.01 + Math.pow(random.nextDouble(), 2));
      }
    }
    AllocationAnswer answer = Allocator.solve(builder.build());
    List<Truth> truths = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      BigDecimal amount = answer.of("c" + c).orElseThrow().amount();
      BigDecimal cap = Double.isNaN(caps.get(c)) ? null : BigDecimal.valueOf(caps.get(c));
      truths.add(
          new Truth(
              "c" + c,
              amount,
              cap,
              0.3 + 0.7 * random.nextDouble(),
              0.01 + 0.09 * random.nextDouble()));
    }
    return truths;
  }
}
