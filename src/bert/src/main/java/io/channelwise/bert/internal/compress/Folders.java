package io.channelwise.bert.internal.compress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of model folders. */
public final class Folders {

  private Folders() {}

  /** Copies what is in a folder, folders in it too, into another that is there. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.skip(1).toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  /** Deletes a folder when nothing is in it. */
  public static void deleteIfEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        return;
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be cleared", e);
    }
  }
}
