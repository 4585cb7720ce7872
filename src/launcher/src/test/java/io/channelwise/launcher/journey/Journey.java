package io.channelwise.launcher.journey;

import io.channelwise.launcher.demo.Api;
import io.channelwise.launcher.demo.Demo;
import io.channelwise.launcher.demo.SampleUsers;
import io.channelwise.launcher.local.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One sample campaign, from start to end, on separate processes of which each is killed once. What
 * it leaves (database, outbox, logs) stays in {@code target/journey} until the next run; the
 * processes run on, for the tests that look at the result.
 */
final class Journey implements AutoCloseable {
  private static final Path ROOT = Path.of("target", "journey");
  private static final Duration END_LIMIT = Duration.ofMinutes(6);
  private static final int LOG_LINES = 40;

  /** One epoch is enough for the sample's words; short texts make it quick. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "training",
          Map.of("epochs", 1, "learningRate", 2e-4, "batchSize", 16, "maxLength", 48, "seed", 7));

  private final DataFolder folder;
  private final SeparateProcesses processes;
  private final Database database;
  private final ByteArrayOutputStream story = new ByteArrayOutputStream();
  private List<Faults.Kill> kills = List.of();

  private Journey(DataFolder folder, SeparateProcesses processes) {
    this.folder = folder;
    this.processes = processes;
    this.database = new Database(folder, processes.database());
  }

  /** Runs the campaign to its end. */
  static Journey run() {
    deleteOld();
    DataFolder folder = DataFolder.open(ROOT);
    SeparateProcesses processes;
    try {
      processes = SeparateProcesses.start(folder);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + logs(folder), e);
    }
    Journey journey = new Journey(folder, processes);
    try {
      journey.play();
      return journey;
    } catch (Exception | AssertionError e) {
      String told = journey.story();
      journey.close();
      throw new AssertionError(
          "The sample campaign did not survive: %s%n%s%n%s"
              .formatted(e.getMessage(), told, logs(folder)),
          e);
    }
  }

  private void play() throws Exception {
    PrintStream out = new PrintStream(story, true, StandardCharsets.UTF_8);
    CompletableFuture<Path> campaign = new CompletableFuture<>();
    Thread player =
        new Thread(
            () -> {
              try {
                Demo demo = new Demo(folder, processes.base(), out, "en", 1, SETTINGS);
                campaign.complete(demo.run());
              } catch (Throwable e) {
                campaign.completeExceptionally(e);
              }
            },
            "sample-campaign");
    player.setDaemon(true);
    player.start();
    Faults faults = new Faults(folder, processes, database, campaign::isDone);
    try {
      faults.killGrowthWorkerSendingAnOffer();
      faults.killPostgresSpendingBudget();
      faults.killServerServingTickets();
      faults.killTrainingWorkerFineTuning();
      campaign.get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "The campaign did not end within %d s of the last kill".formatted(END_LIMIT.toSeconds()),
          e);
    } catch (AssertionError e) {
      // Why the campaign stopped says more than what was waited for.
      throw campaign.isCompletedExceptionally() ? new AssertionError(failure(campaign)) : e;
    } finally {
      kills = faults.kills();
    }
  }

  private static Throwable failure(CompletableFuture<Path> campaign) {
    try {
      campaign.getNow(null);
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  DataFolder folder() {
    return folder;
  }

  SeparateProcesses processes() {
    return processes;
  }

  Database database() {
    return database;
  }

  List<Faults.Kill> kills() {
    return kills;
  }

  String key() {
    return database
        .value("select campaign_key from campaign where campaign_key like 'harbor-llm%'")
        .toString();
  }

  Api as(String group) {
    return SampleUsers.create(folder, processes.base()).in(group);
  }

  /** The sample's files as the campaign brought them. */
  Path sample() {
    return folder.root().resolve("sample-en");
  }

  String story() {
    return story.toString(StandardCharsets.UTF_8);
  }

  private static void deleteOld() {
    if (!Files.exists(ROOT)) {
      return;
    }
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The earlier journey could not be removed", e);
    }
  }

  private static String logs(DataFolder folder) {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.folder("logs"))) {
      for (Path file : files.sorted().toList()) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        text.append("── ").append(file).append('\n');
        lines
            .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  @Override
  public void close() {
    processes.close();
    folder.close();
  }
}
