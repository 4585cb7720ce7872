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
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Saves and finds the state of a training: weights, optimiser and counters. A checkpoint is a
 * folder that appears at once; the newest wins. One thread.
 */
public final class Checkpoint {
  private static final String PREFIX = "checkpoint-";
  private static final String TENSORS = "state.safetensors";
  private static final String STATE = "state.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path workDir;
  private final Map<String, String> identity;

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
   */
  public record State(
      Map<String, String> identity,
      long step,
      double epochLossSum,
      long epochSteps,
      double lastEpochLoss,
      double seconds,
      long tokens) {}

  /**
   * The checkpoints of a run.
   *
   * @param identity must be the same to go on from a checkpoint
   */
  public Checkpoint(Path workDir, Map<String, String> identity) {
    this.workDir = workDir;
    this.identity = new LinkedHashMap<>(identity);
  }

  /** Saves; the checkpoints before it are deleted. */
  public void save(State state, Map<String, NDArray> weights, AdamW optimizer) {
    Map<String, NDArray> arrays = arrays(weights, optimizer);
    AtomicDirectory.replace(
        workDir.resolve(PREFIX + "%010d".formatted(state.step())),
        folder -> {
          Map<String, long[]> shapes = new LinkedHashMap<>();
          arrays.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
          SafetensorsWriter.write(
              folder.resolve(TENSORS), shapes, name -> values(arrays.get(name)), Map.of());
          JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(STATE).toFile(), state);
        });
    List<Path> all = folders();
    all.subList(0, all.size() - 1).forEach(AtomicDirectory::delete);
  }

  /** The state of the newest checkpoint, if there is one. */
  public Optional<State> find() {
    List<Path> all = folders();
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
  public void restore(State state, Map<String, NDArray> weights, AdamW optimizer) {
    List<Path> all = folders();
    try (SafetensorsReader reader =
        SafetensorsReader.open(all.get(all.size() - 1).resolve(TENSORS))) {
      arrays(weights, optimizer).forEach((name, array) -> array.set(reader.read(name).values()));
    }
    optimizer.resumeAt(state.step());
  }

  private void requireSameRun(Path folder, Map<String, String> found) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(found.keySet());
    keys.addAll(identity.keySet());
    for (String key : keys) {
      String was = found.get(key);
      String is = identity.get(key);
      if (was == null || !was.equals(is)) {
        differences.add("%s was %s and is %s".formatted(key, was, is));
      }
    }
    if (!differences.isEmpty()) {
      throw new BertException(
          "Checkpoint %s belongs to another run: %s. Resume with the same settings and data, or give another work folder."
              .formatted(folder, String.join(", ", differences)));
    }
  }

  /** Whether the folder holds any checkpoint. */
  public static boolean existsIn(Path workDir) {
    return !new Checkpoint(workDir, Map.of()).folders().isEmpty();
  }

  /** Deletes every checkpoint of the folder. */
  static void deleteAllIn(Path workDir) {
    new Checkpoint(workDir, Map.of()).folders().forEach(AtomicDirectory::delete);
  }

  private List<Path> folders() {
    if (!Files.isDirectory(workDir)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(workDir)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + workDir + " cannot be listed", e);
    }
  }

  private static Map<String, NDArray> arrays(Map<String, NDArray> weights, AdamW optimizer) {
    Map<String, NDArray> result = new LinkedHashMap<>();
    weights.forEach((name, array) -> result.put("weight." + name, array));
    optimizer.means().forEach((name, array) -> result.put("mean." + name, array));
    optimizer.squares().forEach((name, array) -> result.put("square." + name, array));
    return result;
  }

  /** A copy of the array's values. */
  static FloatBuffer values(NDArray array) {
    return array.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
