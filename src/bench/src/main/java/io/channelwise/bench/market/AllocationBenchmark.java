package io.channelwise.bench.market;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationException;
import io.channelwise.allocation.AllocationProblem;
import io.channelwise.allocation.Allocator;
import io.channelwise.allocation.ChannelTerms;
import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.BenchmarkUnavailableException;
import io.channelwise.bench.measure.PythonPeer;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bench.measure.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Budgets shared out: seconds and duality gaps, against SciPy's solvers on the same problems. */
public final class AllocationBenchmark implements Benchmark {
  private static final int CONTINUOUS = 8;
  private static final double[] FIXED_COSTS = {0.005, 0.02, 0.05, 0.1};
  private static final double PEER_COST = 0.02;
  private static final double SECONDS_CONTINUOUS = 1;
  private static final double SECONDS_FIXED = 10;

  @Override
  public String name() {
    return "allocation";
  }

  @Override
  public String what() {
    return "seconds and proven gap of budget allocation, against SciPy (SLSQP, trust-constr, HiGHS)";
  }

  @Override
  public String takes() {
    return "20 s; --full 10 min";
  }

  @Override
  public String repeats() {
    return "medians of %d problems, both sides in turns".formatted(CONTINUOUS);
  }

  @Override
  public void run(BenchContext context) {
    exhaustive(context);
    Path work = context.work("allocation");
    try (PythonPeer peer = peer(context, work)) {
      continuous(context, peer, work);
      fixedCosts(context, peer, work);
    }
  }

  /** Null where there is no SciPy: the bars stand without a peer. */
  private static PythonPeer peer(BenchContext context, Path work) {
    try {
      return PythonPeer.start(
          "allocation.py",
          work,
          Set.of("numpy", "scipy"),
          Map.of("OPENBLAS_NUM_THREADS", "1"),
          List.of());
    } catch (BenchmarkUnavailableException e) {
      context.say("without a peer: %s", e.getMessage());
      return null;
    }
  }

  /** One answer and the seconds it took. */
  private record Timed(AllocationAnswer answer, double seconds) {
    static Timed of(AllocationProblem problem) {
      long begin = System.nanoTime();
      AllocationAnswer answer = Allocator.solve(problem);
      return new Timed(answer, (System.nanoTime() - begin) / 1e9);
    }
  }

  private record Peer(double seconds, double objective) {
    static Peer of(PythonPeer peer, String method, Path file) {
      String[] answer = peer.ask(method + " " + file.toAbsolutePath()).split(" ");
      return new Peer(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
    }
  }

  private static void continuous(BenchContext context, PythonPeer peer, Path work) {
    Table table =
        new Table("50 x 1000, seed", "seconds", "gap", "peer", "its seconds", "peer minus ours");
    List<Double> seconds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    double gap = 0;
    double behind = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CONTINUOUS; i++) {
      MarketProblem problem = MarketProblem.draw(context.seed() + i, 50, 1000, 0);
      Timed ours = Timed.of(problem.ours());
      seconds.add(ours.seconds());
      gap = Math.max(gap, ours.answer().dualityGap());
      if (peer == null) {
        table.row(Integer.toString(i), text(ours.seconds()), gap(ours), "", "", "");
        continue;
      }
      Path file = problem.write(work.resolve("continuous.json"));
      // trust-constr takes a minute: one of it shows what it is.
      for (String method :
          i == 0 && context.full() ? List.of("slsqp", "trust") : List.of("slsqp")) {
        Peer other = Peer.of(peer, method, file);
        double less = other.objective() - ours.answer().objective();
        behind = Math.max(behind, less);
        if (method.equals("slsqp")) {
          ratios.add(ours.seconds() / other.seconds());
        }
        table.row(
            Integer.toString(i),
            text(ours.seconds()),
            gap(ours),
            method,
            text(other.seconds()),
            String.format(Locale.ROOT, "%.1e", less));
      }
    }
    context.say(table);
    double slowest = seconds.stream().mapToDouble(s -> s).max().orElseThrow();
    context.figures().atMost("continuous, slowest", slowest, "s", SECONDS_CONTINUOUS);
    context.figures().tell("continuous, median", median(seconds), "s");
    context.figures().atMost("continuous, duality gap", gap, "", Allocator.GAP_WANTED);
    if (peer != null) {
      context.figures().tell("continuous, seconds by SLSQP's, median", median(ratios), "");
      context.figures().atMost("continuous, peer better by", behind, "", Allocator.GAP_WANTED);
    }
  }

  private static void fixedCosts(BenchContext context, PythonPeer peer, Path work) {
    Table table =
        new Table(
            "20 x 200, fixed cost",
            "seconds",
            "gap",
            "nodes",
            "chosen",
            "HiGHS s",
            "peer minus ours");
    double slowest = 0;
    double gap = 0;
    double apart = 0;
    List<Double> ratios = new ArrayList<>();
    int seeds = context.full() ? 5 : 2;
    for (double cost : FIXED_COSTS) {
      for (int i = 0; i < seeds; i++) {
        MarketProblem problem = MarketProblem.draw(context.seed() + 100 + i, 20, 200, cost);
        Timed ours = Timed.of(problem.ours());
        slowest = Math.max(slowest, ours.seconds());
        gap = Math.max(gap, ours.answer().dualityGap());
        Peer other =
            // HiGHS takes minutes a problem: one of it tells enough.
            peer != null && (context.full() || (i == 0 && cost == PEER_COST))
                ? Peer.of(peer, "milp", problem.write(work.resolve("fixed.json")))
                : null;
        if (other != null) {
          apart = Math.max(apart, Math.abs(other.objective() - ours.answer().objective()));
          ratios.add(ours.seconds() / other.seconds());
        }
        table.row(
            text(cost),
            text(ours.seconds()),
            gap(ours),
            Integer.toString(ours.answer().nodes()),
            Long.toString(ours.answer().shares().stream().filter(s -> s.chosen()).count()),
            other == null ? "" : text(other.seconds()),
            other == null
                ? ""
                : String.format(
                    Locale.ROOT, "%.1e", other.objective() - ours.answer().objective()));
      }
    }
    context.say(table);
    context.figures().atMost("fixed costs, slowest", slowest, "s", SECONDS_FIXED);
    context.figures().atMost("fixed costs, duality gap", gap, "", Allocator.GAP_WANTED);
    if (!ratios.isEmpty()) {
      context.figures().tell("fixed costs, seconds by HiGHS's, median", median(ratios), "");
      // HiGHS ends at 1e-7 itself.
      context.figures().atMost("fixed costs, apart from HiGHS", apart, "", 2e-7);
    }
  }

  /** Every set of 12 channels as a problem of its own. */
  private static void exhaustive(BenchContext context) {
    AllocationProblem problem = MarketProblem.draw(context.seed() + 500, 12, 30, 0.04).ours();
    double best = Double.NEGATIVE_INFINITY;
    for (int set = 1; set < 1 << 12; set++) {
      AllocationProblem fixed = problem;
      double left = problem.budget();
      for (int c = 0; c < 12; c++) {
        ChannelTerms terms = problem.channels().get(c);
        boolean in = (set >> c & 1) == 1;
        left -= in ? terms.fixedCost() : 0;
        fixed = fixed.terms(ChannelTerms.of(terms.channel()).withCap(in ? terms.cap() : 0));
      }
      if (left > 0) {
        best = Math.max(best, value(fixed.budget(left)));
      }
    }
    double apart = Math.abs(best - Allocator.solve(problem).objective());
    context.say("12 channels: %.1e from the best of all 4095 sets", apart);
    context.figures().atMost("12 channels, apart from exhaustive", apart, "", Allocator.GAP_WANTED);
  }

  private static double value(AllocationProblem problem) {
    try {
      AllocationAnswer answer = Allocator.solve(problem);
      return answer.leftOut().isEmpty() ? answer.objective() : Double.NEGATIVE_INFINITY;
    } catch (AllocationException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  private static String gap(Timed timed) {
    return String.format(Locale.ROOT, "%.1e", timed.answer().dualityGap());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static double median(List<Double> values) {
    return new Samples(values.stream().mapToDouble(v -> v).toArray()).median();
  }
}
