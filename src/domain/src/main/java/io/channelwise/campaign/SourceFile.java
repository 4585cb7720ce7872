package io.channelwise.campaign;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A file brought by the user, lying on disk while it is checked and loaded.
 *
 * @param name as the user named it, e.g. {@code survey.csv}; folders in it are ignored
 * @param path where its bytes are
 * @param read told of bytes as they are read, how many more each time; a file is read more than
 *     once
 */
public record SourceFile(String name, Path path, LongConsumer read) {

  /** A file whose reading nobody follows. */
  public SourceFile(String name, Path path) {
    this(name, path, bytes -> {});
  }

  /** The last part of the name, without any folder. */
  public String fileName() {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).trim();
  }

  /** Its bytes; told of as they are read. */
  InputStream open() throws IOException {
    return new FilterInputStream(Files.newInputStream(path)) {
      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        read.accept(Math.max(0, count));
        return count;
      }
    };
  }
}
