package io.channelwise.bench.market;

import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.AttributionSettings;
import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Samples;
import io.channelwise.channel.ChannelService;
import java.util.HashSet;
import java.util.Set;

/**
 * Attribution from the database: events sorted into paths, every model, intervals from 200
 * resamples; beside it the bare sort of the same events in PostgreSQL, of which no way to paths
 * gets around.
 */
public final class AttributionBenchmark implements Benchmark {
  private static final long PATHS = 1_000_000;
  private static final double SECONDS_MAX = 10;
  private static final double NANOS = 1e9;
  private static final int RUNS = 3;
  private static final int RUNS_FULL = 10;
  private static final String SORT =
      """
      select count(*)
        from (select user_ref, channel, type
                from event
               where type in ('click', 'purchase')
               order by user_ref, occurred_at, event_id
              offset 0) as sorted
      """;

  @Override
  public String name() {
    return "attribution";
  }

  @Override
  public String what() {
    return "attribution of 1 million paths over 20 channels, order 2, from the database";
  }

  @Override
  public String takes() {
    return "30 s; --full 75 s";
  }

  @Override
  public String repeats() {
    return "medians of %d runs; --full %d".formatted(RUNS, RUNS_FULL);
  }

  @Override
  public void run(BenchContext context) {
    try (MarketDatabase database = MarketDatabase.start(context)) {
      SyntheticEvents events = new SyntheticEvents(context.seed(), PATHS, MarketDatabase.CAMPAIGN);
      database.fill(events);
      context.say("%d events of %d users stored", events.events(), PATHS);
      ChannelService channels = database.bean(ChannelService.class);
      int runs = context.full() ? RUNS_FULL : RUNS;
      double[] whole = new double[runs];
      double[] points = new double[runs];
      double[] sorts = new double[runs];
      Set<String> answers = new HashSet<>();
      AttributionSettings quick = AttributionSettings.DEFAULT.withReplications(0);
      for (int run = 0; run < runs; run++) {
        long start = System.nanoTime();
        Attribution attribution = channels.attribution(MarketDatabase.CAMPAIGN);
        whole[run] = (System.nanoTime() - start) / NANOS;
        answers.add(attribution.toString());
        start = System.nanoTime();
        channels.attribution(MarketDatabase.CAMPAIGN, quick);
        points[run] = (System.nanoTime() - start) / NANOS;
        start = System.nanoTime();
        database.rows(SORT);
        sorts[run] = (System.nanoTime() - start) / NANOS;
        context.say(
            "run %d: %.2f s with intervals, %.2f s without, bare sort %.2f s",
            run + 1, whole[run], points[run], sorts[run]);
        if (run == 0) {
          context.say("%s", attribution.explanation().en());
          context.figures().tell("paths", attribution.paths(), "");
          context.figures().tell("states of the chain", attribution.markov().states(), "");
        }
      }
      double median = new Samples(whole).median();
      context.figures().atMost("all models with intervals", median, "s", SECONDS_MAX);
      context.figures().tell("all models, no intervals", new Samples(points).median(), "s");
      context.figures().tell("against the bare sort", median / new Samples(sorts).median(), "");
      context.figures().atMost("different answers in " + runs + " runs", answers.size(), "", 1);
    }
  }
}
