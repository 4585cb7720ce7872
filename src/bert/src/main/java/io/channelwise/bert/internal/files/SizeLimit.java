package io.channelwise.bert.internal.files;

import io.channelwise.bert.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a hostile or broken file from filling the memory: it is refused before it is read. */
final class SizeLimit {

  private SizeLimit() {}

  /**
   * Refuses a file that is too large; says nothing of one that is missing.
   *
   * @param what kind of file it is, with its article
   * @throws ModelFormatException when it has more bytes
   */
  static void require(Path file, String what, long bytesMax) {
    try {
      long bytes = Files.isRegularFile(file) ? Files.size(file) : 0;
      if (bytes > bytesMax) {
        throw new ModelFormatException(
            "File %s has %d bytes; %s has at most %d. Fetch the model again."
                .formatted(file, bytes, what, bytesMax));
      }
    } catch (IOException e) {
      throw new ModelFormatException("File " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
