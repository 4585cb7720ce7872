package io.channelwise.bench.market;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.allocation.AllocationProblem;
import io.channelwise.allocation.ChannelTerms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A drawn allocation problem in shares of a budget of one, for us and for a peer.
 *
 * @param p (U): P(U)
 * @param r (C, U): attraction; sums to 1 a segment
 * @param lower (C): floors
 * @param upper (C): caps, at most 1
 * @param fixed (C): fixed costs
 */
record MarketProblem(double[] p, double[][] r, double[] lower, double[] upper, double[] fixed) {
  /** What the budget is in money, so that whole cents are no matter. */
  static final double BUDGET = 1e9;

  /**
   * Draws one: gamma-like attraction of channels of unequal size, caps on some.
   *
   * @param fixedCost mean fixed cost as a share of the budget; 0 for none, and floors instead
   */
  static MarketProblem draw(long seed, int channels, int segments, double fixedCost) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] p = new double[segments];
    for (int u = 0; u < segments; u++) {
      p[u] = -Math.log(1 - random.nextDouble());
    }
    double sum = Arrays.stream(p).sum();
    double[] weights = Arrays.stream(p).map(x -> x / sum).toArray();
    double[][] r = attraction(random, channels, segments);
    double[] lower = new double[channels];
    double[] upper = new double[channels];
    double[] fixed = new double[channels];
    for (int c = 0; c < channels; c++) {
      upper[c] = random.nextInt(3) == 0 ? (1 + random.nextDouble()) * 2 / channels : 1;
      lower[c] = fixedCost == 0 && random.nextInt(5) == 0 ? 0.2 / channels : 0;
      fixed[c] = fixedCost * (0.5 + random.nextDouble());
    }
    return new MarketProblem(weights, r, lower, upper, fixed);
  }

  private static double[][] attraction(SplittableRandom random, int channels, int segments) {
    double[] size = random.doubles(channels).map(x -> 0.3 + x).toArray();
    double[][] r = new double[channels][segments];
    for (int u = 0; u < segments; u++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        double log = Math.log(1 - random.nextDouble());
        r[c][u] = size[c] * log * log + 1e-3;
        sum += r[c][u];
      }
      for (int c = 0; c < channels; c++) {
        r[c][u] /= sum;
      }
    }
    return r;
  }

  AllocationProblem ours() {
    AllocationProblem.Builder builder = AllocationProblem.withBudget(BUDGET);
    for (int u = 0; u < p.length; u++) {
      builder.segment("u%05d".formatted(u), p[u]);
    }
    for (int c = 0; c < r.length; c++) {
      String name = "c%03d".formatted(c);
      builder.channel(
          ChannelTerms.of(name)
              .withFloor(BUDGET * lower[c])
              .withCap(upper[c] < 1 ? BUDGET * upper[c] : Double.POSITIVE_INFINITY)
              .withFixedCost(BUDGET * fixed[c]));
      for (int u = 0; u < p.length; u++) {
        builder.attraction(name, "u%05d".formatted(u), r[c][u]);
      }
    }
    return builder.build();
  }

  /** Writes it as JSON for the peer. */
  Path write(Path file) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("p", p);
    numbers.put("r", r);
    numbers.put("lower", lower);
    numbers.put("upper", upper);
    numbers.put("fixed", fixed);
    try {
      new ObjectMapper().writeValue(file.toFile(), numbers);
    } catch (IOException e) {
      throw new UncheckedIOException("The problem cannot be written to " + file, e);
    }
    return file;
  }
}
