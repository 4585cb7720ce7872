package io.channelwise.bert.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a small file: whoever reads it, and whenever we are killed, finds the old or the new.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes a text in UTF-8; as {@link #write(Path, byte[])}. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes beside the file, with the permissions new files have, syncs, and renames.
   *
   * @throws UncheckedIOException when that fails; the old content is there then
   */
  public static void write(Path file, byte[] content) {
    Path whole = file.toAbsolutePath();
    Path fresh = Leftovers.fresh(whole);
    try {
      try (FileChannel channel =
          FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      AtomicDirectory.sync(whole.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("File " + whole + " cannot be written: " + e.getMessage(), e);
    } finally {
      Leftovers.discard(fresh);
    }
  }
}
