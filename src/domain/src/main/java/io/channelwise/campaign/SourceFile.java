package io.channelwise.campaign;

import java.nio.file.Path;

/**
 * A file brought by the user, lying on disk while it is checked and loaded.
 *
 * @param name as the user named it, e.g. {@code survey.csv}; folders in it are ignored
 * @param path where its bytes are
 */
public record SourceFile(String name, Path path) {

  /** The last part of the name, without any folder. */
  public String fileName() {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).trim();
  }
}
