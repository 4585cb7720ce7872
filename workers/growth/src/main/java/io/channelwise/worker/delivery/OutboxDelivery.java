package io.channelwise.worker.delivery;

import io.channelwise.worker.runtime.TransientFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes each message into a folder: {@code <id>.json} for machines, {@code <id>.txt} for people.
 * Thread-safe, also between processes.
 *
 * <p>The JSON file is the commit: it is written aside, synced, and linked to its name, which fails
 * when the name is taken, so that an id goes out once and a reader never sees half a file. The
 * folder is readable by its owner alone, because offers hold answer links.
 */
final class OutboxDelivery implements Delivery {
  private static final String VIA = "outbox";

  private final Path folder;
  private final Clock clock;

  OutboxDelivery(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Receipt send(OutboundMessage message) {
    Instant now = clock.instant();
    Path json = folder.resolve(message.id() + ".json");
    try {
      createFolder();
      if (Files.exists(json)) {
        return new Receipt(message.id(), VIA, true, now);
      }
      Path text = writeAside(message, text(message).getBytes(StandardCharsets.UTF_8));
      Files.move(text, folder.resolve(message.id() + ".txt"), StandardCopyOption.ATOMIC_MOVE);
      boolean first = publish(writeAside(message, MessageJson.bytes(message, now)), json);
      return new Receipt(message.id(), VIA, !first, now);
    } catch (IOException e) {
      throw new TransientFailure(
          "Message %s could not be written to the outbox %s: %s. Check the folder's space and rights."
              .formatted(message.id(), folder, e),
          e);
    }
  }

  private void createFolder() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private Path writeAside(OutboundMessage message, byte[] bytes) throws IOException {
    Path aside = folder.resolve("." + message.id() + "." + UUID.randomUUID() + ".tmp");
    try (FileChannel file =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      file.force(true);
    }
    return aside;
  }

  private static boolean publish(Path aside, Path target) throws IOException {
    try {
      Files.createLink(target, aside);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      // No hard links here: still never half a file; two processes at once could both write it.
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static String text(OutboundMessage message) {
    return "To: %s\nSubject: %s\nMessage-ID: %s\n\n%s\n"
        .formatted(
            message.to() == null ? "" : message.to(),
            message.subject(),
            message.id(),
            message.body());
  }
}
