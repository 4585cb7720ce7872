package io.channelwise.launcher.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The folder that holds everything a trial keeps: database, models, outbox, logs, secrets.
 *
 * <p>Held exclusively: one {@code channelwise} at a time, by a lock that dies with its process.
 * Secrets are generated once, readable by the owner alone. Not thread-safe.
 */
public final class DataFolder implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path root;
  private final FileChannel lockChannel;

  private DataFolder(Path root, FileChannel lockChannel) {
    this.root = root;
    this.lockChannel = lockChannel;
  }

  /**
   * Opens or creates the folder.
   *
   * @throws DataFolderException when it is in use, is not a folder, or cannot be written
   */
  public static DataFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      return new DataFolder(root, lock(root));
    } catch (FileAlreadyExistsException e) {
      throw new DataFolderException(
          "%s is a file; --data needs a folder. Name another path.".formatted(root), e);
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder %s cannot be used: %s. Check that it is writable, or name another with"
                  .formatted(root, e.getMessage())
              + " --data.",
          e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    Path file = root.resolve("in-use");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (java.nio.channels.OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new DataFolderException(
          "The data folder %s is in use by process %s. Stop that one first, or name another folder"
                  .formatted(root, holder)
              + " with --data.",
          null);
    }
    channel.truncate(0);
    channel.write(
        java.nio.ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  public Path root() {
    return root;
  }

  public Path adminPasswordFile() {
    return root.resolve("admin-password");
  }

  /** The secret of that name, generated at the first call; 32 random bytes, base64url. */
  public String secret(String name) {
    return secretIn(folder("secrets").resolve(name), 32);
  }

  /** Where {@link #secret} keeps it, for child processes that read it themselves. */
  public Path secretFile(String name) {
    secret(name);
    return folder("secrets").resolve(name);
  }

  /** The administrator's password, generated at the first call. */
  public String adminPassword() {
    return secretIn(adminPasswordFile(), 15);
  }

  /** A sub-folder, created when missing. */
  public Path folder(String name) {
    Path folder = root.resolve(name);
    try {
      Files.createDirectories(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not create " + folder, e);
    }
  }

  private static String secretIn(Path file, int bytes) {
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      byte[] random = new byte[bytes];
      RANDOM.nextBytes(random);
      String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Path temporary =
          Files.createTempFile(
              file.getParent(),
              "secret",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(temporary, secret + "\n");
      moveInto(temporary, file);
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read or write the secret " + file, e);
    }
  }

  private static void moveInto(Path temporary, Path file) throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file);
    }
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not release the lock of " + root, e);
    }
  }

  /** The folder cannot be used; the message says why and what to do. */
  public static final class DataFolderException extends RuntimeException {
    DataFolderException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
