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
import java.util.UUID;
import java.util.stream.Stream;

/** Makes a folder appear under its name at once and only when its content is on the disk. */
public final class AtomicDirectory {

  /** Fills a folder. */
  public interface Content {
    void write(Path folder) throws IOException;
  }

  private AtomicDirectory() {}

  /**
   * Refuses a target that holds anything else than what a replacement would write.
   *
   * @throws BertException when replacing the folder would delete something of someone's
   */
  public static void requireReplaceable(Path target, Set<String> names) {
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
              .filter(name -> !names.contains(name))
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

  /** Writes beside the target, syncs, and renames; an older folder of that name is replaced. */
  public static void replace(Path target, Content content) {
    Path whole = target.toAbsolutePath();
    String unique = UUID.randomUUID().toString().substring(0, 8);
    Path fresh = whole.resolveSibling("." + whole.getFileName() + ".new-" + unique);
    Path old = whole.resolveSibling("." + whole.getFileName() + ".old-" + unique);
    try {
      Files.createDirectories(fresh);
      content.write(fresh);
      syncTree(fresh);
      if (Files.exists(whole)) {
        Files.move(whole, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      sync(whole.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Folder " + whole + " cannot be written: " + e.getMessage(), e);
    } finally {
      delete(fresh);
      delete(old);
    }
  }

  /** As {@link #replace}, but a folder that is there by then stays, whoever wrote it. */
  public static void createIfAbsent(Path target, Content content) {
    Path whole = target.toAbsolutePath();
    String unique = UUID.randomUUID().toString().substring(0, 8);
    Path fresh = whole.resolveSibling("." + whole.getFileName() + ".new-" + unique);
    try {
      Files.createDirectories(fresh);
      content.write(fresh);
      syncTree(fresh);
      try {
        Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.isDirectory(whole)) {
          throw e;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Folder " + whole + " cannot be written: " + e.getMessage(), e);
    } finally {
      delete(fresh);
    }
  }

  /** Deletes a folder and everything in it; nothing happens when it is not there. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be deleted", e);
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

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
