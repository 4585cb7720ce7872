package io.channelwise.bench.market;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.measure.Duel;
import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Events as they come over REST, checked, told apart from those already there and counted, against
 * the same file by {@code \copy} into a table of the same columns, key, index and foreign key that
 * checks and counts nothing.
 */
public final class EventsImportBenchmark implements Benchmark {
  private static final long USERS = 120_000;
  private static final long USERS_FULL = 480_000;
  private static final double RATIO_MIN = 0.5;
  private static final double NANOS = 1e9;
  private static final int ROUNDS = 3;
  private static final String HEADER =
      "event_id,user,segment,channel,type,occurred_at,revenue,cost\n";
  private static final String PEER =
      """
      create table peer_event (
        like event including defaults including constraints including indexes,
        foreign key (campaign_key) references campaign on delete cascade)
      """;
  private static final String COPY =
      """
      copy peer_event (event_id, user_ref, segment, channel, type, occurred_at, revenue, cost)
      from stdin with (format csv, header)
      """;

  @Override
  public String name() {
    return "events-import";
  }

  @Override
  public String what() {
    return "import of half a million events (--full: 2 million) against \\copy of the same file";
  }

  @Override
  public String takes() {
    return "45 s; --full 5 min";
  }

  @Override
  public String repeats() {
    return Duel.plan(1, ROUNDS);
  }

  @Override
  public void run(BenchContext context) {
    Path file = context.work("events").resolve("events.csv");
    long events = write(file, context);
    try (MarketDatabase database = MarketDatabase.start(context)) {
      database.execute(
          PEER,
          "alter table peer_event alter campaign_key set default '"
              + MarketDatabase.CAMPAIGN
              + "'");
      EventService service = database.bean(EventService.class);
      Duel duel =
          Duel.run(
              1,
              ROUNDS,
              () -> ours(context, database, service, file, events),
              () -> peer(context, database, file, events));
      context.figures().tell("events", events, "");
      context.figures().tell("import", duel.ours().median(), "events/s");
      context.figures().tell("\\copy", duel.peer().median(), "events/s");
      context.figures().atLeast("import by \\copy", duel.ratio(), "", RATIO_MIN);
      long start = System.nanoTime();
      append(service, file);
      context
          .figures()
          .tell(
              "the same events again", events / ((System.nanoTime() - start) / NANOS), "events/s");
    }
  }

  private static long write(Path file, BenchContext context) {
    SyntheticEvents events =
        new SyntheticEvents(context.seed(), context.full() ? USERS_FULL : USERS, null);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(HEADER);
      for (String block = events.block(); block != null; block = events.block()) {
        out.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " cannot be written", e);
    }
    return events.events();
  }

  private static double ours(
      BenchContext context, MarketDatabase database, EventService service, Path file, long events) {
    database.execute("truncate event, event_count", "checkpoint");
    long start = System.nanoTime();
    append(service, file);
    double rate = events / ((System.nanoTime() - start) / NANOS);
    context.say("import %.0f events/s", rate);
    return rate;
  }

  private static void append(EventService service, Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      service.append(MarketDatabase.CAMPAIGN, EventFormat.CSV, in);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " cannot be read", e);
    }
  }

  private static double peer(
      BenchContext context, MarketDatabase database, Path file, long events) {
    database.execute("truncate peer_event", "checkpoint");
    long start = System.nanoTime();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      database.copy(COPY, in);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " cannot be read", e);
    }
    double rate = events / ((System.nanoTime() - start) / NANOS);
    context.say("\\copy  %.0f events/s", rate);
    return rate;
  }
}
