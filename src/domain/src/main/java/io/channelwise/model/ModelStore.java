package io.channelwise.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Model files in a folder. A directory appears in it whole or not at all; no path leads outside.
 * Safe for many threads and processes.
 */
public final class ModelStore {
  private final Path root;

  /**
   * @param root created if missing
   */
  public ModelStore(Path root) {
    try {
      this.root = Files.createDirectories(root.toAbsolutePath().normalize()).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The model store %s cannot be created; set channelwise.model-store to a writable folder."
              .formatted(root),
          e);
    }
  }

  public Path root() {
    return root;
  }

  /**
   * The absolute path of a folder of the store, which need not exist.
   *
   * @param path relative, with {@code /}
   * @throws IllegalArgumentException when it would lead outside
   */
  public Path resolve(String path) {
    Path target = root.resolve(path).normalize();
    if (path.startsWith("/") || target.equals(root) || !target.startsWith(root)) {
      throw new IllegalArgumentException(
          "Path '%s' is not inside the model store; a relative one such as ticket-intent/run-1 is expected."
              .formatted(path));
    }
    return target;
  }

  /**
   * Copies a directory into the store, synced, in place of one that stands there. Readers see the
   * old one or the new one, never a part.
   *
   * @return the hash of its files, as {@link #sha256}
   */
  public String put(String path, Path directory) {
    Path target = resolve(path);
    Path incoming = root.resolve(".incoming-" + UUID.randomUUID());
    try {
      copy(directory, incoming);
      String sha256 = hash(incoming);
      Files.createDirectories(target.getParent());
      replace(incoming, target);
      sync(target.getParent());
      return sha256;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Model %s could not be stored in %s; check space and permissions."
              .formatted(directory, target),
          e);
    } finally {
      deleteTree(incoming);
    }
  }

  private void replace(Path incoming, Path target) throws IOException {
    Path old = root.resolve(".old-" + UUID.randomUUID());
    try {
      Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
      deleteTree(old);
    }
  }

  /**
   * SHA-256 over every file: its path relative to the folder, a zero byte, its length as eight
   * bytes, its bytes; the files sorted by path. In hex.
   */
  public String sha256(String path) {
    try {
      return hash(resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Model %s could not be read.".formatted(path), e);
    }
  }

  /** Removes a folder with all it holds; nothing happens when it is not there. */
  public void delete(String path) {
    deleteTree(resolve(path));
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path source : files(from)) {
      Path target = to.resolve(from.relativize(source).toString());
      Files.createDirectories(target.getParent());
      Files.copy(source, target);
      sync(target);
    }
    sync(to);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .sorted(Comparator.comparing(path -> relative(folder, path)))
          .toList();
    }
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String hash(Path folder) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    for (Path file : files(folder)) {
      digest.update(relative(folder, file).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(Files.size(file)).array());
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        while (in.read(buffer) >= 0) {
          // the stream feeds the digest
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Folder %s could not be removed.".formatted(folder), e);
    }
  }
}
