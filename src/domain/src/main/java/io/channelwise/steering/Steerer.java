package io.channelwise.steering;

import io.channelwise.allocation.Cents;
import io.channelwise.campaign.Text;
import io.channelwise.steering.SteeringAnswer.Shift;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Splits the money due by Thompson sampling in batches (Chapelle &amp; Li, An empirical evaluation
 * of Thompson sampling, 2011; probability matching after Scott, A modern Bayesian look at the
 * multi-armed bandit, 2010).
 *
 * <p>Each of {@value #DRAWS} draws of what is known ({@code Posterior}) gives the money to the best
 * channel up to its limit, then to the next; the mean of these splits is the sampled one. It is
 * mixed with the approved allocation: n purchases on C channels weigh n : C against it, so that
 * without a purchase the approved allocation goes on. Every part of the mixture keeps each
 * channel's limit and the sum, and so does the whole. Stateless; the same input and seed give the
 * same answer, in whatever order the channels come.
 */
public final class Steerer {
  static final int DRAWS = 1000;

  private Steerer() {}

  /**
   * @param due money to release now, ≥ 0, whole cents
   * @param arms the channels with an approved amount, in any order
   * @throws SteeringException when a channel is named twice or {@code due} is negative
   */
  public static SteeringAnswer steer(BigDecimal due, List<Arm> arms, long seed) {
    List<Arm> sorted = arms.stream().sorted(Comparator.comparing(Arm::channel)).toList();
    check(due, sorted);
    long[] rooms = sorted.stream().mapToLong(arm -> cents(arm.room())).toArray();
    long total = Math.min(cents(due), Arrays.stream(rooms).sum());
    double[] planned = planned(total, sorted, rooms);
    double trust = trust(sorted);
    if (trust == 0) {
      long[] parts = whole(total, planned, rooms);
      return answer(due, sorted, trust, parts, parts, null);
    }
    Posterior posterior = Posterior.of(sorted, DRAWS, seed);
    double[] mixed = sampled(total, rooms, posterior);
    for (int c = 0; c < mixed.length; c++) {
      mixed[c] = trust * mixed[c] + (1 - trust) * planned[c];
    }
    return answer(
        due, sorted, trust, whole(total, mixed, rooms), whole(total, planned, rooms), posterior);
  }

  private static void check(BigDecimal due, List<Arm> sorted) {
    if (due.signum() < 0) {
      throw new SteeringException(
          "Money due is %s; 0 or more is expected. Check the budget against what is spent."
              .formatted(due.toPlainString()));
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).channel().equals(sorted.get(i - 1).channel())) {
        throw new SteeringException(
            "Channel %s is named twice; once is expected. Add its figures up."
                .formatted(sorted.get(i).channel()));
      }
    }
  }

  /** Weight of the results; 0 while nobody has bought anything or no money was spent. */
  private static double trust(List<Arm> arms) {
    long conversions = arms.stream().mapToLong(Arm::conversions).sum();
    boolean spent = arms.stream().anyMatch(arm -> arm.spent().signum() > 0);
    return spent ? (double) conversions / (conversions + arms.size()) : 0;
  }

  /** By what each channel is missing of its approved amount; what a limit cuts off goes on. */
  private static double[] planned(long total, List<Arm> arms, long[] rooms) {
    double[] weights = arms.stream().mapToDouble(arm -> arm.missing().doubleValue()).toArray();
    double[] parts = WaterFill.split(total, weights, rooms);
    double left = total - Arrays.stream(parts).sum();
    // More is due than is missing, after an allocation was made smaller: by what is still free.
    double[] free = new double[parts.length];
    for (int c = 0; c < parts.length; c++) {
      free[c] = Math.max(0, rooms[c] - parts[c]);
    }
    double all = Arrays.stream(free).sum();
    for (int c = 0; left > 0 && all > 0 && c < parts.length; c++) {
      parts[c] += left * Math.min(1, free[c] / all);
    }
    return parts;
  }

  private static double[] sampled(long total, long[] rooms, Posterior posterior) {
    long[] sums = new long[rooms.length];
    for (int d = 0; d < DRAWS; d++) {
      long left = total;
      for (int c : posterior.order(d)) {
        long part = Math.min(left, rooms[c]);
        sums[c] += part;
        left -= part;
      }
    }
    return Arrays.stream(sums).mapToDouble(sum -> (double) sum / DRAWS).toArray();
  }

  private static long[] whole(long total, double[] exact, long[] rooms) {
    BigDecimal[] least = new BigDecimal[rooms.length];
    Arrays.fill(least, money(0));
    BigDecimal[] most = Arrays.stream(rooms).mapToObj(Steerer::money).toArray(BigDecimal[]::new);
    double[] units = Arrays.stream(exact).map(part -> part / 100).toArray();
    return Arrays.stream(Cents.round(money(total), units, least, most))
        .mapToLong(Steerer::cents)
        .toArray();
  }

  private static SteeringAnswer answer(
      BigDecimal due,
      List<Arm> arms,
      double trust,
      long[] parts,
      long[] planned,
      Posterior posterior) {
    int[] best = new int[arms.size()];
    for (int d = 0; posterior != null && d < DRAWS; d++) {
      best[posterior.order(d)[0]]++;
    }
    List<Shift> shifts = new ArrayList<>();
    BigDecimal placed = money(0);
    for (int c = 0; c < parts.length; c++) {
      Arm arm = arms.get(c);
      BigDecimal amount = money(parts[c]);
      BigDecimal plan = money(planned[c]);
      double[] rate = posterior == null ? new double[3] : posterior.interval(c);
      double probability = (double) best[c] / DRAWS;
      Text reason = Reasons.of(arm, amount, plan, probability, trust);
      shifts.add(
          new Shift(arm.channel(), amount, plan, probability, rate[0], rate[1], rate[2], reason));
      placed = placed.add(amount);
    }
    return new SteeringAnswer(due, due.subtract(placed), trust, shifts);
  }

  private static long cents(BigDecimal money) {
    return money.movePointRight(2).longValueExact();
  }

  private static BigDecimal money(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }
}
