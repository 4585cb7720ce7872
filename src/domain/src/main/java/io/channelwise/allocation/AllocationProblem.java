package io.channelwise.allocation;

import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A budget to share out over channels. Immutable; the order in which it was put together does not
 * matter.
 *
 * <p>Wanted are amounts a(C) ≥ 0 and the set of chosen channels that maximise
 *
 * <pre>f(a) = Σ_U P(U) log Σ_C r(C,U) h_C(a(C))</pre>
 *
 * subject to Σ_C a(C) + Σ_{chosen} F(C) ≤ budget, a(C) = 0 or least(C) ≤ a(C) ≤ cap(C), and a(C) ≥
 * floor(C). h_C is the part of the attraction that a spend a brings: a / B without saturation, so
 * that f is Σ_U P(U) log Σ_C b(C) r(C,U) over shares b of the budget; with half-saturation spend k
 * it is the Michaelis–Menten curve a / (a + k), scaled like the straight line to 1 at a = B: h(a) =
 * (a / (a + k)) · ((B + k) / B). B is the reference, the budget of the problem unless told
 * otherwise. f is concave in a. Segments that no channel reaches are left out, the weights of the
 * others sum to one.
 */
public final class AllocationProblem {
  static final double MONEY_MAX = 1e13;

  private final List<String> segments;
  private final double[] weights;
  private final List<ChannelTerms> channels;
  private final double[][] attraction;
  private final double[][] lower;
  private final double budget;
  private final double reference;
  private final boolean cautious;
  private final String currency;

  private AllocationProblem(
      List<String> segments,
      double[] weights,
      List<ChannelTerms> channels,
      double[][] attraction,
      double[][] lower,
      double budget,
      double reference,
      boolean cautious,
      String currency) {
    this.segments = List.copyOf(segments);
    this.weights = weights;
    this.channels = List.copyOf(channels);
    this.attraction = attraction;
    this.lower = lower;
    this.budget = budget;
    this.reference = reference;
    this.cautious = cautious;
    this.currency = currency;
  }

  /**
   * Begins a problem.
   *
   * @param budget in money, above 0
   */
  public static Builder withBudget(double budget) {
    return new Builder(budget);
  }

  /** The same problem with the lower credible bounds in place of the expected attraction. */
  public AllocationProblem cautious() {
    return new AllocationProblem(
        segments, weights, channels, lower, lower, budget, reference, true, currency);
  }

  /** The same problem with another budget; shares and attraction keep their reference. */
  public AllocationProblem budget(double money) {
    return new AllocationProblem(
        segments, weights, channels, attraction, lower, money, reference, cautious, currency);
  }

  /** The same problem with other terms of the channel that they name. */
  public AllocationProblem terms(ChannelTerms terms) {
    List<ChannelTerms> changed =
        channels.stream().map(c -> c.channel().equals(terms.channel()) ? terms : c).toList();
    return new AllocationProblem(
        segments, weights, changed, attraction, lower, budget, reference, cautious, currency);
  }

  /**
   * f of any sharing, whether allowed or not.
   *
   * @param amounts money by channel; absent is 0
   * @return in nats; negative infinity when a segment that some channel reaches gets nothing
   */
  public double objective(Map<String, Double> amounts) {
    double[] x =
        channels.stream()
            .mapToDouble(t -> amounts.getOrDefault(t.channel(), 0.0) / reference)
            .toArray();
    Objective f = Objective.of(this);
    return f.value(f.reach(x));
  }

  /** Names, sorted. */
  public List<String> segments() {
    return segments;
  }

  /** P(U) as given, by segment. */
  public double[] weights() {
    return weights.clone();
  }

  /** Sorted by channel. */
  public List<ChannelTerms> channels() {
    return channels;
  }

  public double budget() {
    return budget;
  }

  /** The money that counts as a share of one. */
  public double reference() {
    return reference;
  }

  /** Whether the attraction is the lower credible bound. */
  public boolean isCautious() {
    return cautious;
  }

  /** For the sentences; empty when not told. */
  public String currency() {
    return currency;
  }

  /** r(C,U), shape (C, U), in the order of {@link #channels()} and {@link #segments()}; shared. */
  double[][] attraction() {
    return attraction;
  }

  /** Puts a problem together. Not thread-safe. */
  public static final class Builder {
    private final double budget;
    private double reference;
    private String currency = "";
    private final SortedMap<String, Double> segments = new TreeMap<>();
    private final SortedMap<String, ChannelTerms> channels = new TreeMap<>();
    private final Map<String, Map<String, double[]>> cells = new TreeMap<>();

    private Builder(double budget) {
      this.budget = budget;
      this.reference = budget;
    }

    /** The money that counts as a share of one; the budget unless told otherwise. */
    public Builder reference(double money) {
      reference = money;
      return this;
    }

    /** For the sentences, e.g. {@code CNY}. */
    public Builder currency(String code) {
      currency = code;
      return this;
    }

    /**
     * A segment.
     *
     * @param weight P(U) ≥ 0; the weights need not sum to one
     */
    public Builder segment(String name, double weight) {
      if (segments.put(name, weight) != null) {
        throw refusal(
            "segment %s is given twice; name each once.".formatted(name),
            "用户群 %s 出现两次，每个用户群只能出现一次。".formatted(name));
      }
      return this;
    }

    public Builder channel(ChannelTerms terms) {
      if (channels.put(terms.channel(), terms) != null) {
        throw refusal(
            "channel %s is given twice; name each once.".formatted(terms.channel()),
            "渠道 %s 出现两次，每个渠道只能出现一次。".formatted(terms.channel()));
      }
      return this;
    }

    /** r(C,U) ≥ 0 where nothing is known of its uncertainty; what is not told is 0. */
    public Builder attraction(String channel, String segment, double expected) {
      return attraction(channel, segment, expected, expected);
    }

    /**
     * r(C,U) ≥ 0; what is not told is 0.
     *
     * @param lower credible bound, 0..{@code expected}
     */
    public Builder attraction(String channel, String segment, double expected, double lower) {
      cells
          .computeIfAbsent(channel, c -> new TreeMap<>())
          .put(segment, new double[] {expected, lower});
      return this;
    }

    /**
     * @throws AllocationException when a number is negative, infinite or none, when a cell names an
     *     unknown channel or segment, or when no amounts meet floors, caps and budget
     */
    public AllocationProblem build() {
      ProblemCheck.check(budget, reference, segments, channels, cells);
      List<String> names = List.copyOf(segments.keySet());
      double[][] expected = new double[channels.size()][];
      double[][] lower = new double[channels.size()][];
      int c = 0;
      for (String channel : channels.keySet()) {
        Map<String, double[]> row = cells.getOrDefault(channel, Map.of());
        expected[c] = names.stream().mapToDouble(u -> cell(row, u)[0]).toArray();
        lower[c] = names.stream().mapToDouble(u -> cell(row, u)[1]).toArray();
        c++;
      }
      return new AllocationProblem(
          names,
          segments.values().stream().mapToDouble(Double::doubleValue).toArray(),
          new ArrayList<>(channels.values()),
          expected,
          lower,
          budget,
          reference,
          false,
          currency);
    }

    private static double[] cell(Map<String, double[]> row, String segment) {
      return row.getOrDefault(segment, new double[2]);
    }
  }

  static AllocationException refusal(String en, String zh) {
    return new AllocationException(
        new Text("The budget was not shared out: " + en, "预算未能分配：" + zh));
  }

  @Override
  public String toString() {
    return "AllocationProblem[budget=%s, segments=%s, weights=%s, channels=%s]"
        .formatted(budget, segments, Arrays.toString(weights), channels);
  }
}
