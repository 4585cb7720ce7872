package io.channelwise.bench.market;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Table;
import io.channelwise.negotiation.PartnerType;
import io.channelwise.negotiation.Simulation;
import io.channelwise.negotiation.Simulation.Result;
import io.channelwise.negotiation.Simulation.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Agreements and surplus of our concessions with simulated partners, against fixed offers. */
public final class NegotiationBenchmark implements Benchmark {
  private static final int PER_TYPE = 2_000;
  private static final int PER_TYPE_FULL = 100_000;
  private static final List<Strategy> FIXED =
      List.of(Strategy.FIXED_OPENING, Strategy.FIXED_MIDDLE, Strategy.FIXED_LIMITS);

  @Override
  public String name() {
    return "negotiation";
  }

  @Override
  public String what() {
    return "agreement rate and surplus with simulated partners, against fixed offers";
  }

  @Override
  public String takes() {
    return "5 s";
  }

  @Override
  public String repeats() {
    return "%,d negotiations a type of partner; --full %,d".formatted(PER_TYPE, PER_TYPE_FULL);
  }

  @Override
  public void run(BenchContext context) {
    int perType = context.full() ? PER_TYPE_FULL : PER_TYPE;
    context.say(
        "%,d negotiations a type of partner; surplus as share of what one who knew the partner's"
            + " walk-away would have",
        perType);
    Table table =
        new Table("strategy", "partner", "agreed", "of possible", "our surplus", "joint surplus");
    List<List<Result>> all = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      List<Result> results = Simulation.all(strategy, perType, context.seed());
      all.add(results);
      for (int t = 0; t < results.size(); t++) {
        row(table, PartnerType.values()[t], results.get(t));
      }
    }
    context.say(table);
    record(context, all);
  }

  private static void row(Table table, PartnerType type, Result result) {
    table.row(
        word(result.strategy()),
        word(type),
        text(result.agreementRate()),
        text((double) result.agreements() / result.possible()),
        text(result.ourSurplus()),
        text(result.jointSurplus()));
  }

  private static void record(BenchContext context, List<List<Result>> all) {
    List<Result> ours = all.get(Strategy.CONCESSION.ordinal());
    List<Result> middle = all.get(Strategy.FIXED_MIDDLE.ordinal());
    double bestFixed =
        FIXED.stream().mapToDouble(f -> surplus(all.get(f.ordinal()))).max().orElseThrow();
    context.figures().tell("agreement rate", rate(ours), "");
    context.figures().tell("agreement rate, fixed offer in the middle", rate(middle), "");
    context
        .figures()
        .atLeast("agreement rate by the fixed offer's", rate(ours) / rate(middle), "x", 1);
    context.figures().tell("our surplus of the most possible", surplus(ours), "");
    context.figures().tell("our surplus, best fixed offer", bestFixed, "");
    context
        .figures()
        .atLeast("our surplus by the best fixed offer's", surplus(ours) / bestFixed, "x", 1);
    double within = surplus(all.get(Strategy.WITHIN_LIMITS.ordinal()));
    context
        .figures()
        .atLeast(
            "our surplus by that of accepting all within the limits",
            surplus(ours) / within,
            "x",
            1);
    double next = surplus(all.get(Strategy.NEXT.ordinal()));
    context.figures().tell("our surplus by that of AC_next alone", surplus(ours) / next, "x");
    double linear = surplus(all.get(Strategy.LINEAR.ordinal()));
    context.figures().tell("our surplus by linear concession's", surplus(ours) / linear, "x");
  }

  private static double rate(List<Result> results) {
    return results.stream().mapToDouble(Result::agreementRate).average().orElseThrow();
  }

  private static double surplus(List<Result> results) {
    return results.stream().mapToDouble(Result::ourSurplus).average().orElseThrow();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
