package io.channelwise.bert.internal.fewshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.files.AtomicFile;
import io.channelwise.bert.internal.training.RunIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The scores of finished folds in the work folder, so that a run that was killed does not repeat
 * them. One thread.
 */
public final class FoldStore {
  static final String FILE = "few-shot.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final RunIdentity identity;
  private final Map<Integer, double[][]> scores = new TreeMap<>();

  private record Content(Map<String, String> identity, Map<Integer, double[][]> folds) {}

  /**
   * Reads what an earlier session of the same run left.
   *
   * @param identity of settings and data
   * @throws BertException when the file belongs to another run
   */
  FoldStore(Path workDir, RunIdentity identity) {
    path = workDir.resolve(FILE);
    this.identity = identity;
    AtomicDirectory.recoverAllIn(workDir);
    if (existsIn(workDir)) {
      Content found = read();
      List<String> differences = identity.differences(found.identity);
      if (!differences.isEmpty()) {
        throw new BertException(
            "File %s belongs to a run of other settings or data: %s. Go on with the same, or delete it."
                .formatted(path, String.join(", ", differences)));
      }
      scores.putAll(found.folds);
    }
  }

  private Content read() {
    try {
      return JSON.readValue(path.toFile(), Content.class);
    } catch (IOException e) {
      throw new ModelFormatException(
          "File %s cannot be read: %s. Delete it to start again.".formatted(path, e.getMessage()),
          e);
    }
  }

  /** The scores of a fold: accuracy and log loss of each strength. */
  Optional<double[][]> find(int fold) {
    return Optional.ofNullable(scores.get(fold));
  }

  /** Keeps the scores of a fold; the file is replaced at once. */
  void put(int fold, double[][] values) {
    scores.put(fold, values);
    try {
      AtomicFile.write(path, JSON.writeValueAsBytes(new Content(identity.values(), scores)));
    } catch (IOException e) {
      throw new UncheckedIOException("File " + path + " cannot be written", e);
    }
  }

  /** Whether a folder holds scores of finished folds. */
  public static boolean existsIn(Path workDir) {
    return Files.isRegularFile(workDir.resolve(FILE));
  }

  /** Deletes them. */
  public static void deleteIn(Path workDir) {
    try {
      Files.deleteIfExists(workDir.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("File in " + workDir + " cannot be deleted", e);
    }
  }
}
