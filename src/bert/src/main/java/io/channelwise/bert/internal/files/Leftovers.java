package io.channelwise.bert.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies beside a target while it is replaced or deleted, and what a kill leaves of that. Their
 * names say what may be done with them: {@code .X.new-…} and {@code .X.gone-…} may be half of
 * something and are only ever deleted; {@code .X.old-…} is whole, because nothing in it is deleted
 * under this name, and is put back where X is missing.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Pattern NAME = Pattern.compile("\\.(.+)\\.(new|old|gone)-[0-9a-f]{8}");

  private Leftovers() {}

  /** A place for the content to come. */
  static Path fresh(Path target) {
    return beside(target, "new");
  }

  /** A place for the content before. */
  static Path old(Path target) {
    return beside(target, "old");
  }

  private static Path beside(Path target, String kind) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return target.resolveSibling("." + target.getFileName() + "." + kind + "-" + unique);
  }

  /** Whether a file name is that of a leftover. */
  static boolean isOne(String name) {
    return NAME.matcher(name).matches();
  }

  /** Ends what a kill broke off beside a target. */
  static void cleanBeside(Path target) throws IOException {
    Path name = target.getFileName();
    clean(target.getParent(), owner -> owner.getFileName().equals(name));
  }

  /** Ends what a kill broke off of any target in a folder. */
  static void cleanIn(Path folder) throws IOException {
    clean(folder, owner -> true);
  }

  private static void clean(Path folder, Predicate<Path> meant) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> entries = Files.list(folder)) {
      found = entries.filter(path -> isOne(path.getFileName().toString())).sorted().toList();
    }
    for (Path leftover : found) {
      Matcher name = NAME.matcher(leftover.getFileName().toString());
      name.matches();
      Path owner = folder.resolve(name.group(1));
      if (!meant.test(owner)) {
        continue;
      }
      if (name.group(2).equals("old") && !Files.exists(owner)) {
        restore(leftover, owner);
      } else {
        discard(leftover);
      }
    }
  }

  /** Puts the content before back, unless there is one by then. */
  static void restore(Path old, Path target) throws IOException {
    try {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process may have done the same.
      if (!Files.exists(target)) {
        throw e;
      }
    }
  }

  /** Deletes what nobody needs; where that fails, the next cleaning has its chance. */
  static void discard(Path path) {
    try {
      delete(path);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} is not needed and cannot be deleted: {}", path, e.toString());
    }
  }

  /**
   * Deletes a folder or file; nothing happens when it is not there. It loses its name first: a kill
   * leaves no part of it under that name, and whoever is still writing into it fails.
   */
  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Path whole = path.toAbsolutePath();
    Matcher name = NAME.matcher(whole.getFileName().toString());
    Path gone = beside(name.matches() ? whole.resolveSibling(name.group(1)) : whole, "gone");
    try {
      Files.move(whole, gone, StandardCopyOption.ATOMIC_MOVE);
      try (Stream<Path> tree = Files.walk(gone)) {
        for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(entry);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Where neither is there any more, another process deletes it.
      if (Files.exists(whole) || Files.exists(gone)) {
        throw e;
      }
    }
  }
}
