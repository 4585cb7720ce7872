package io.channelwise.bench.market;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bench.measure.Table;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanFront;
import io.channelwise.plan.PlanInputs;
import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import io.channelwise.plan.PlanOptimiser;
import io.channelwise.plan.PricingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The search for business models against all of them: hypervolume of 10,000 evaluations over that
 * of the exhaustive front, and their time. Reference point: of each objective the worst on the
 * exhaustive front less a tenth of its range. Told beside it: the same number of plans drawn at
 * random, and a case too large to be exhausted.
 */
public final class BusinessModelBenchmark implements Benchmark {
  private static final int EVALUATIONS = 10_000;
  private static final int SEEDS = 10;
  private static final int REPEATS = 5;
  private static final int SINGLE_PLANS = 500;
  private static final double NANOS_A_SECOND = 1e9;
  private static final double NANOS_A_MILLISECOND = 1e6;

  @Override
  public String name() {
    return "business-model";
  }

  @Override
  public String what() {
    return "hypervolume and time of the plan search, against the exhaustive front";
  }

  @Override
  public String takes() {
    return "10 s";
  }

  @Override
  public String repeats() {
    return "the worst of %d seeds, medians of %d repeats".formatted(SEEDS, REPEATS);
  }

  /** Three channels, two competitors; the capacity cuts the front in two. */
  private static PlanInputs small() {
    return new PlanInputs(
        "retail",
        List.of(new Rival("Big", 0.5, 120), new Rival("Small", 0.25, 60)),
        110.0,
        40.0,
        60L,
        20,
        0.75,
        2,
        1200.0,
        900L,
        List.of(
            new SignedChannel("forum", 0.2, 100, 0.0, 50),
            new SignedChannel("market", 0.3, 400, 0.2, 1000),
            new SignedChannel("search", 0.4, 300, 0.1, 0)),
        null);
  }

  /** Forty channels, of which a plan may use eight. */
  private static PlanInputs large() {
    SplittableRandom random = new SplittableRandom(40);
    List<SignedChannel> channels = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      channels.add(
          new SignedChannel(
              String.format(Locale.ROOT, "channel %02d", i),
              0.05 * random.nextDouble(),
              20 + 200 * random.nextDouble(),
              0.3 * random.nextDouble(),
              2000 * random.nextDouble()));
    }
    return new PlanInputs(
        "retail",
        List.of(new Rival("A", 0.4, 120), new Rival("B", 0.3, 90), new Rival("C", 0.15, 60)),
        100.0,
        35.0,
        200L,
        20,
        0.75,
        8,
        900.0,
        20_000L,
        channels,
        null);
  }

  @Override
  public void run(BenchContext context) {
    PlanInputs small = small();
    PlanFront exhaustive = PlanOptimiser.enumerate(small);
    double[] reference = exhaustive.referencePoint();
    double whole = exhaustive.hypervolume(reference);
    context.say(
        "small case: 3 channels, %,d plans, %d on the exhaustive front; reference point %s",
        exhaustive.evaluations(), exhaustive.plans().size(), Arrays.toString(reference));
    Table table = new Table("seed", "plans found", "hypervolume", "of exhaustive", "random search");
    double[] parts = new double[SEEDS];
    for (int i = 0; i < SEEDS; i++) {
      long seed = context.seed() + i;
      PlanFront found = PlanOptimiser.search(small, EVALUATIONS, seed);
      double volume = found.hypervolume(reference);
      parts[i] = volume / whole;
      table.row(
          Long.toString(seed),
          Integer.toString(found.plans().size()),
          String.format(Locale.ROOT, "%.4f", volume),
          String.format(Locale.ROOT, "%.4f", parts[i]),
          String.format(Locale.ROOT, "%.4f", random(small, seed).hypervolume(reference) / whole));
    }
    context.say(table);
    context.figures().tell("hypervolume of the exhaustive front", whole, "");
    context
        .figures()
        .atLeast(
            "worst seed's hypervolume over exhaustive",
            Arrays.stream(parts).min().orElseThrow(),
            "",
            0.98);
    context.figures().tell("median hypervolume over exhaustive", new Samples(parts).median(), "");
    times(context, small);
  }

  private static void times(BenchContext context, PlanInputs small) {
    context
        .figures()
        .atMost("10,000 evaluations searching, 3 channels", seconds(small, context.seed()), "s", 5);
    PlanInputs large = large();
    context
        .figures()
        .atMost(
            "10,000 evaluations searching, 40 channels", seconds(large, context.seed()), "s", 5);
    PlanFront front = PlanOptimiser.search(large, EVALUATIONS, context.seed());
    double[] reference = front.referencePoint();
    context
        .figures()
        .tell(
            "random search's hypervolume over ours, 40 channels",
            random(large, context.seed()).hypervolume(reference) / front.hypervolume(reference),
            "");
    boolean same = true;
    for (int i = 0; i < REPEATS; i++) {
      same &= PlanOptimiser.search(large, EVALUATIONS, context.seed()).equals(front);
    }
    context.figures().atLeast("repeats of one seed all give one front", same ? 1 : 0, "", 1);
    singlePlan(context, small);
  }

  /** What a form's slider waits for, the database and the network left out. */
  private static void singlePlan(BenchContext context, PlanInputs small) {
    PlanDecision plan = new PlanDecision(PricingModel.API, 90, 0.8, List.of("forum", "search"));
    double[] millis = new double[SINGLE_PLANS];
    double sum = 0;
    for (int i = 0; i < SINGLE_PLANS; i++) {
      long start = System.nanoTime();
      sum += PlanOptimiser.evaluate(small, plan).revenue();
      sum += PlanOptimiser.ranges(small, plan).revenueLow();
      millis[i] = (System.nanoTime() - start) / NANOS_A_MILLISECOND;
    }
    context.say("%d single plans with their ranges; control sum %.0f", SINGLE_PLANS, sum);
    context
        .figures()
        .atMost("one plan with its ranges, slowest of twenty", new Samples(millis).p95(), "ms", 50);
  }

  private static double seconds(PlanInputs inputs, long seed) {
    double[] seconds = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      PlanOptimiser.search(inputs, EVALUATIONS, seed);
      seconds[i] = (System.nanoTime() - start) / NANOS_A_SECOND;
    }
    return new Samples(seconds).median();
  }

  private static PlanFront random(PlanInputs inputs, long seed) {
    return PlanOptimiser.sample(inputs, EVALUATIONS, seed);
  }
}
