package io.channelwise.bert.internal.training;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.SafetensorsReader;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Saves and finds the state of a training: weights, optimiser and counters. A checkpoint is a
 * folder that appears at once; the newest wins. One thread.
 */
public final class Checkpoint {
  private static final String PREFIX = "checkpoint-";
  private static final String BEST = "best-epoch-";
  private static final String TENSORS = "state.safetensors";
  private static final String STATE = "state.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path workDir;
  private final RunIdentity identity;

  /**
   * The counters of a run.
   *
   * @param identity settings and data the run belongs to
   * @param step steps done
   * @param epochLossSum sum of the losses of the running epoch
   * @param epochSteps steps of the running epoch
   * @param lastEpochLoss mean loss of the last whole epoch
   * @param seconds wall-clock time up to now, over all sessions
   * @param tokens tokens trained on up to now, over all sessions
   * @param microBatch texts that go through the model at once; 0 as the settings say
   * @param smoothedLoss of the divergence guard
   * @param smoothedSteps steps the divergence guard has seen
   * @param scores of the evaluations, by epoch
   */
  public record State(
      Map<String, String> identity,
      long step,
      double epochLossSum,
      long epochSteps,
      double lastEpochLoss,
      double seconds,
      long tokens,
      int microBatch,
      double smoothedLoss,
      int smoothedSteps,
      List<Double> scores) {
    public State {
      scores = scores == null ? List.of() : List.copyOf(scores);
    }

    /** Nothing is done yet. */
    static State atStart(RunIdentity identity) {
      return new State(identity.values(), 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }
  }

  /**
   * The checkpoints of a run, which has the folder for itself; what a kill broke off is cleared
   * away.
   *
   * @param identity must be the same to go on from a checkpoint
   */
  public Checkpoint(Path workDir, RunIdentity identity) {
    this.workDir = workDir;
    this.identity = identity;
    AtomicDirectory.recoverAllIn(workDir);
  }

  /**
   * Saves what is trained, the optimiser's state and the counters; the checkpoints before it are
   * deleted, and all best weights but the best.
   */
  public void save(State state, AdamW optimizer) {
    Map<String, NDArray> arrays = arrays(optimizer);
    AtomicDirectory.replace(
        workDir.resolve(PREFIX + "%010d".formatted(state.step())),
        folder -> {
          write(folder.resolve(TENSORS), arrays);
          JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(STATE).toFile(), state);
        });
    List<Path> all = folders(PREFIX);
    all.subList(0, all.size() - 1).forEach(AtomicDirectory::delete);
    Path best = best(EarlyStopping.best(state.scores()));
    folders(BEST).stream().filter(path -> !path.equals(best)).forEach(AtomicDirectory::delete);
  }

  /** Saves the weights of an epoch that was the best so far. */
  void saveBest(int epoch, Map<String, NDArray> weights) {
    AtomicDirectory.replace(best(epoch), folder -> write(folder.resolve(TENSORS), weights));
  }

  /** Puts the weights of the best epoch into the arrays. */
  void restoreBest(int epoch, Map<String, NDArray> weights) {
    read(best(epoch), weights);
  }

  private Path best(int epoch) {
    return workDir.resolve(BEST + "%04d".formatted(epoch + 1));
  }

  /** The state of the newest checkpoint, if there is one. */
  public Optional<State> find() {
    List<Path> all = folders(PREFIX);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Path folder = all.get(all.size() - 1);
    State state;
    try {
      state = JSON.readValue(folder.resolve(STATE).toFile(), State.class);
    } catch (IOException e) {
      throw new ModelFormatException(
          "Checkpoint %s cannot be read: %s. Delete it to start again."
              .formatted(folder, e.getMessage()),
          e);
    }
    requireSameRun(folder, state.identity());
    return Optional.of(state);
  }

  /** Puts the newest checkpoint's values into the arrays. */
  public void restore(State state, AdamW optimizer) {
    List<Path> all = folders(PREFIX);
    read(all.get(all.size() - 1), arrays(optimizer));
    optimizer.resumeAt(state.step());
  }

  private void requireSameRun(Path folder, Map<String, String> found) {
    List<String> differences = identity.differences(found);
    if (!differences.isEmpty()) {
      throw new BertException(
          "Checkpoint %s belongs to another run: %s. Resume with the same settings and data, or give another work folder."
              .formatted(folder, String.join(", ", differences)));
    }
  }

  /** Whether the folder holds any checkpoint. */
  public static boolean existsIn(Path workDir) {
    return !folders(workDir, PREFIX).isEmpty();
  }

  /** Deletes the checkpoints and the log of a run, and its folder when nothing else is in it. */
  public static void forget(Path workDir) {
    if (!Files.isDirectory(workDir)) {
      return;
    }
    AtomicDirectory.recoverAllIn(workDir);
    folders(workDir, PREFIX).forEach(AtomicDirectory::delete);
    folders(workDir, BEST).forEach(AtomicDirectory::delete);
    try {
      Files.deleteIfExists(workDir.resolve(TrainingLog.FILE));
      Files.delete(workDir);
    } catch (DirectoryNotEmptyException e) {
      // Imported weights or files of someone else.
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + workDir + " cannot be cleared", e);
    }
  }

  private List<Path> folders(String prefix) {
    return folders(workDir, prefix);
  }

  private static List<Path> folders(Path workDir, String prefix) {
    if (!Files.isDirectory(workDir)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(workDir)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + workDir + " cannot be listed", e);
    }
  }

  private static Map<String, NDArray> arrays(AdamW optimizer) {
    Map<String, NDArray> result = new LinkedHashMap<>();
    optimizer.parameters().forEach((name, array) -> result.put("weight." + name, array));
    optimizer.means().forEach((name, array) -> result.put("mean." + name, array));
    optimizer.squares().forEach((name, array) -> result.put("square." + name, array));
    return result;
  }

  private static void write(Path file, Map<String, NDArray> arrays) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    arrays.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
    try (HostValues values = new HostValues()) {
      SafetensorsWriter.write(file, shapes, name -> values.of(arrays.get(name)), Map.of());
    }
  }

  private static void read(Path folder, Map<String, NDArray> arrays) {
    try (SafetensorsReader reader = SafetensorsReader.open(folder.resolve(TENSORS))) {
      arrays.forEach((name, array) -> array.set(reader.read(name).values()));
    }
  }
}
