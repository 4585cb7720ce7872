package io.channelwise.launcher.journey;

import io.channelwise.launcher.local.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Kills each process of a running campaign once, at the worst moment that can be arranged with row
 * locks: after a message went out and before that was written down. Not thread-safe.
 */
final class Faults {
  /** For a step of the campaign to be reached. */
  private static final Duration STEP_LIMIT = Duration.ofMinutes(4);

  /** For a worker to run into the lock held against it. */
  private static final Duration WINDOW_LIMIT = Duration.ofSeconds(15);

  private static final Duration RESTART_LIMIT = Duration.ofSeconds(60);

  private final DataFolder folder;
  private final SeparateProcesses processes;
  private final Database database;
  private final BooleanSupplier over;
  private final List<Kill> kills = new ArrayList<>();

  /**
   * One kill -9.
   *
   * @param victim compose service, or {@code postgres}
   * @param inHand what it was in the middle of; never empty
   */
  record Kill(String victim, long pid, List<String> inHand) {}

  /**
   * @param over whether the campaign has ended, so that waiting on has no sense
   */
  Faults(DataFolder folder, SeparateProcesses processes, Database database, BooleanSupplier over) {
    this.folder = folder;
    this.processes = processes;
    this.database = database;
    this.over = over;
  }

  List<Kill> kills() {
    return List.copyOf(kills);
  }

  /**
   * Kills the business workers when an offer has gone out and is not confirmed: confirming reads
   * the replies, which are locked here.
   */
  void killGrowthWorkerSendingAnOffer() throws Exception {
    try (Connection connection = database.connect()) {
      step("a deal is drafted", connection, "select 1 from deal where state = 'drafted'");
      connection.setAutoCommit(false);
      execute(connection, "lock table deal_reply in access exclusive mode");
      Await.seen(
          WINDOW_LIMIT,
          () ->
              Database.rows(
                      connection,
                      "select message_id from deal_message where kind = 'offer' and sent_at is null")
                  .stream()
                  .anyMatch(row -> isOut(row.get("message_id").toString())));
      long pid = processes.pid("growth");
      kill(pid);
      connection.rollback();
      kills.add(new Kill("growth", pid, lockedBy(connection, pid)));
    }
    awaitRestart("growth");
  }

  /**
   * Kills PostgreSQL when a promotion message has gone out and the money it spends is not yet
   * written down: that needs the promotion's row, which is locked here.
   */
  void killPostgresSpendingBudget() throws Exception {
    try (Connection connection = database.connect()) {
      step("promotion messages are planned", connection, "select 1 from promotion_dispatch");
      connection.setAutoCommit(false);
      execute(connection, "select 1 from promotion for update");
      Await.seen(WINDOW_LIMIT, () -> !sentAndUnrecorded(connection).isEmpty());
      List<String> inHand = new ArrayList<>(sentAndUnrecorded(connection));
      Database.rows(
              connection,
              "select pid::text as pid from pg_stat_activity where usename like 'channelwise%'")
          .forEach(row -> inHand.add("connection " + row.get("pid")));
      long pid = postmaster();
      kill(pid);
      kills.add(new Kill("postgres", pid, inHand));
    }
    Await.until(
        "PostgreSQL is back",
        RESTART_LIMIT,
        () -> {
          try (Connection connection = database.connect()) {
            return connection.isValid(2);
          }
        });
  }

  private List<String> sentAndUnrecorded(Connection connection) throws SQLException {
    return Database.rows(
            connection, "select message_id from promotion_dispatch where state = 'sending'")
        .stream()
        .map(row -> row.get("message_id").toString())
        .filter(this::isOut)
        .toList();
  }

  /** Kills the server when some tickets are closed and others are open. */
  void killServerServingTickets() throws Exception {
    try (Connection connection = database.connect()) {
      step(
          "tickets are being served",
          connection,
          "select 1 from ticket having count(*) >= 6 and count(closed_at) >= 1"
              + " and count(*) > count(closed_at)");
      long pid = processes.pid("server");
      kill(pid);
      List<String> open =
          Database.rows(connection, "select id::text as id from ticket where closed_at is null")
              .stream()
              .map(row -> row.get("id").toString())
              .toList();
      kills.add(new Kill("server", pid, open));
    }
    awaitRestart("server");
    Await.until("the server is healthy again", STEP_LIMIT, processes::isHealthy);
  }

  /** Kills the training worker after its first checkpoint, in the middle of an epoch. */
  void killTrainingWorkerFineTuning() throws Exception {
    try (Connection connection = database.connect()) {
      step(
          "fine-tuning has passed a checkpoint and is not done",
          connection,
          """
          select 1
            from training_run r
            join training_progress p on p.run_id = r.run_id and p.round = r.round
           where r.state = 'running' and p.step between 12 and p.steps - 8
          """);
      long pid = processes.pid("training");
      kill(pid);
      kills.add(new Kill("training", pid, lockedBy(connection, pid)));
    }
    awaitRestart("training");
  }

  private void step(String what, Connection connection, String sql) {
    Await.until(
        what,
        STEP_LIMIT,
        () -> {
          if (over.getAsBoolean()) {
            throw new IllegalStateException("The campaign ended before this was seen: " + what);
          }
          return Database.exists(connection, sql);
        });
  }

  /** External tasks that the engine still believes to be in the hands of that process. */
  private static List<String> lockedBy(Connection connection, long pid) throws SQLException {
    List<Map<String, Object>> rows =
        Database.rows(
            connection,
            "select topic_name_ || ' ' || id_ as task from act_ru_ext_task where worker_id_ like ?",
            pid + "@%");
    return rows.stream().map(row -> row.get("task").toString()).toList();
  }

  private boolean isOut(String messageId) {
    return Files.exists(folder.folder("outbox").resolve(messageId + ".json"));
  }

  private void awaitRestart(String service) {
    long dead = kills.get(kills.size() - 1).pid();
    Await.until(service + " is started again", RESTART_LIMIT, () -> processes.pid(service) != dead);
  }

  private long postmaster() throws IOException {
    Path file = folder.root().resolve("postgres").resolve("postmaster.pid");
    try (Stream<String> lines = Files.lines(file)) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    }
  }

  /** SIGKILL, and the certainty that the process is gone. */
  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
