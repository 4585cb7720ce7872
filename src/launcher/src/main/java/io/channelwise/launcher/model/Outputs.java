package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of where results are to be written, made before the work that leads to them. */
final class Outputs {
  private Outputs() {}

  /**
   * Refuses a name that cannot become a file.
   *
   * @param path null where nothing is to be written
   */
  static void requireFile(String option, Path path) {
    if (path == null) {
      return;
    }
    if (Files.isDirectory(path)) {
      throw new BertException(
          "Option %s names %s, which is a folder; name a file.".formatted(option, path));
    }
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new BertException(
          "Option %s names %s, but the folder %s does not exist; create it, or name another file."
              .formatted(option, path, folder));
    }
  }

  /**
   * Refuses a name that is a file's.
   *
   * @param path null where nothing is to be written
   */
  static void requireFolder(String option, Path path) {
    if (path != null && Files.exists(path) && !Files.isDirectory(path)) {
      throw new BertException(
          "Option %s names %s, which is a file; name a folder.".formatted(option, path));
    }
  }
}
