package io.channelwise.bert.internal.files;

import io.channelwise.bert.BertException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a folder appear under its name at once and only when its content is on the disk.
 *
 * <p>At any moment its name is that of the old content or of the new, or for an instant of nothing,
 * and never of a part; one who takes longer to read it may get files of both. Killed at any point,
 * it leaves that and {@link Leftovers} beside it, which the next call for the same folder clears
 * away. Two processes that replace one folder do not mix their contents: the last wins, or one of
 * them fails.
 */
public final class AtomicDirectory {

  /** Fills a folder. */
  public interface Content {
    void write(Path folder) throws IOException;
  }

  private AtomicDirectory() {}

  /**
   * Refuses a target that holds anything else than what a replacement would write. What a killed
   * replacement left beside it is cleared away first.
   *
   * @throws BertException when replacing the folder would delete something of someone's
   */
  public static void requireReplaceable(Path target, Set<String> names) {
    recover(target);
    if (!Files.exists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new BertException("Output " + target + " is a file; name a folder.");
    }
    try (Stream<Path> entries = Files.list(target)) {
      List<String> others =
          entries
              .map(path -> path.getFileName().toString())
              .filter(name -> !names.contains(name) && !Leftovers.isOne(name))
              .sorted()
              .limit(5)
              .toList();
      if (!others.isEmpty()) {
        throw new BertException(
            "Folder %s holds %s, which writing a model there would delete. Name a new or empty folder."
                .formatted(target, String.join(", ", others)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + target + " cannot be listed", e);
    }
  }

  /** Ends a replacement of the folder that a kill broke off: it is whole then, or was never. */
  public static void recover(Path target) {
    try {
      Leftovers.cleanBeside(target.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException("Leftovers of " + target + " cannot be cleared away", e);
    }
  }

  /** As {@link #recover}, of everything in a folder that belongs to the caller alone. */
  public static void recoverAllIn(Path folder) {
    try {
      Leftovers.cleanIn(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Leftovers in " + folder + " cannot be cleared away", e);
    }
  }

  /** Writes beside the target, syncs, and renames; an older folder of that name is replaced. */
  public static void replace(Path target, Content content) {
    Path whole = target.toAbsolutePath();
    recover(whole);
    Path fresh = Leftovers.fresh(whole);
    Path old = Leftovers.old(whole);
    try {
      fill(fresh, content);
      swap(fresh, whole, old);
      sync(whole.getParent());
      Leftovers.discard(old);
    } catch (IOException e) {
      throw failed(whole, e);
    } finally {
      Leftovers.discard(fresh);
    }
  }

  /** Puts a folder in the place of another, or leaves the other there. */
  static void swap(Path fresh, Path whole, Path old) throws IOException {
    boolean replaces = Files.exists(whole);
    if (replaces) {
      Files.move(whole, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaces) {
        Leftovers.restore(old, whole);
      }
      throw e;
    }
  }

  /**
   * Writes a folder as {@link #replace} does, unless it is there; one that is there by then stays,
   * whoever wrote it.
   */
  public static void createIfAbsent(Path target, Content content) {
    Path whole = target.toAbsolutePath();
    if (Files.isDirectory(whole)) {
      return;
    }
    Path fresh = Leftovers.fresh(whole);
    try {
      fill(fresh, content);
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      sync(whole.getParent());
    } catch (IOException | RuntimeException e) {
      // Where another was quicker, it does not matter why this one failed.
      if (!Files.isDirectory(whole)) {
        throw e instanceof IOException io ? failed(whole, io) : (RuntimeException) e;
      }
    } finally {
      Leftovers.discard(fresh);
    }
    // Only now: others may be writing the same, and now they find it.
    recover(whole);
  }

  private static void fill(Path fresh, Content content) throws IOException {
    Files.createDirectories(fresh);
    content.write(fresh);
    syncTree(fresh);
  }

  private static UncheckedIOException failed(Path target, IOException e) {
    return new UncheckedIOException(
        "Folder " + target + " cannot be written: " + e.getMessage(), e);
  }

  /**
   * Deletes a folder and everything in it; nothing happens when it is not there. Killed on the way,
   * it is gone or whole.
   */
  public static void delete(Path folder) {
    try {
      Leftovers.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be deleted", e);
    }
  }

  /** Deletes a folder when there is nothing in it but empty folders, and the empty ones in it. */
  public static void deleteIfEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      List<Path> entries;
      try (Stream<Path> listed = Files.list(folder)) {
        entries = listed.toList();
      }
      entries.forEach(AtomicDirectory::deleteIfEmpty);
      if (entries.stream().noneMatch(Files::exists)) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be cleared", e);
    }
  }

  private static void syncTree(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(folder)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      sync(path);
    }
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
