package io.channelwise.worker.training;

import io.channelwise.model.ModelStore;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes the checkpoints of runs that were released or discarded a week ago; until then the best
 * checkpoint of a cancelled run can be taken out. Versions in the store are not touched.
 *
 * <p>Here and not in {@code model.discard}: only the training worker has the store mounted.
 * Thread-safe.
 */
@Component
final class EndedRuns {
  static final Duration KEPT = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(EndedRuns.class);
  private static final Pattern NAME = Pattern.compile("(.+)-\\d+(\\.lock)?");

  private final ModelStore store;
  private final TrainingRunService runs;
  private final Clock clock;

  EndedRuns(ModelStore store, TrainingRunService runs, Clock clock) {
    this.store = store;
    this.runs = runs;
    this.clock = clock;
  }

  /** A folder that cannot be removed is tried again next time; it never stops a training. */
  void sweep() {
    Path folder = store.resolve("runs");
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant before = clock.instant().minus(KEPT);
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> endedBefore(name, before))
          .forEach(name -> store.delete("runs/" + name));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("checkpoints of ended runs could not be removed folder={}", folder, e);
    }
  }

  /** A run ends with its last round; one that nobody knows may be just beginning. */
  private boolean endedBefore(String name, Instant before) {
    Matcher parts = NAME.matcher(name);
    List<TrainingRun> rounds = parts.matches() ? runs.rounds(parts.group(1)) : List.of();
    if (rounds.isEmpty()) {
      return false;
    }
    Instant ended = rounds.get(rounds.size() - 1).finishedAt();
    return ended != null && ended.isBefore(before);
  }
}
