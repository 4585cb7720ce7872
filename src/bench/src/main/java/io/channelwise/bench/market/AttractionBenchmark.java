package io.channelwise.bench.market;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Duel;
import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelService;

/** Attraction of a campaign against the bare group by over its events in PostgreSQL. */
public final class AttractionBenchmark implements Benchmark {
  private static final long EVENTS = 1_000_000;
  private static final long EVENTS_FULL = 10_000_000;
  private static final double EVENTS_A_USER = 4.1;
  private static final double RATIO_MAX = 2;
  private static final double NANOS = 1e9;
  private static final int ROUNDS = 5;
  private static final String GROUP_BY =
      """
      select channel, segment, count(*)
        from event
       where type = 'click'
       group by channel, segment
      """;

  @Override
  public String name() {
    return "attraction";
  }

  @Override
  public String what() {
    return "attraction over 1 million events (--full: 10 million) against the bare group by";
  }

  @Override
  public String takes() {
    return "10 s; --full 90 s";
  }

  @Override
  public String repeats() {
    return Duel.plan(1, ROUNDS);
  }

  @Override
  public void run(BenchContext context) {
    try (MarketDatabase database = MarketDatabase.start(context)) {
      long wanted = context.full() ? EVENTS_FULL : EVENTS;
      SyntheticEvents events =
          new SyntheticEvents(
              context.seed(), Math.round(wanted / EVENTS_A_USER), MarketDatabase.CAMPAIGN);
      database.fill(events);
      ChannelService channels = database.bean(ChannelService.class);
      Attraction attraction = channels.attraction(MarketDatabase.CAMPAIGN);
      context.say(
          "%d events stored, %d of them clicks; best channel %s",
          events.events(), attraction.clicks(), attraction.ranking().get(0).channel());
      Duel duel =
          Duel.run(
              1,
              ROUNDS,
              () -> seconds(() -> channels.attraction(MarketDatabase.CAMPAIGN)),
              () -> seconds(() -> database.rows(GROUP_BY)));
      context.say(
          "attraction %.4f s, bare group by %.4f s, ratio %s",
          duel.ours().median(), duel.peer().median(), duel.shownRatio());
      context.figures().tell("events", events.events(), "");
      context.figures().tell("attraction", duel.ours().median(), "s");
      context.figures().tell("bare group by", duel.peer().median(), "s");
      context.figures().atMost("attraction by group by", duel.ratio(), "", RATIO_MAX);
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS;
  }
}
