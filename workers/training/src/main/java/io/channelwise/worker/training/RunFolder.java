package io.channelwise.worker.training;

import io.channelwise.model.ModelStore;
import io.channelwise.worker.runtime.TransientFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Checkpoints of one round, {@code runs/<runId>-<round>} in the store, held by one process.
 *
 * <p>The lock keeps an attempt that has not yet noticed that it was superseded from writing
 * checkpoints beside its successor; the operating system drops it when a process dies.
 */
final class RunFolder implements AutoCloseable {
  private final ModelStore store;
  private final String name;
  private final FileChannel lock;

  private RunFolder(ModelStore store, String name, FileChannel lock) {
    this.store = store;
    this.name = name;
    this.lock = lock;
  }

  /**
   * Creates the folder if missing and locks it.
   *
   * @throws TransientFailure when another process still works in it
   */
  static RunFolder lock(ModelStore store, String runId, int round) {
    String name = "runs/%s-%d".formatted(runId, round);
    Path folder = store.resolve(name);
    try {
      Files.createDirectories(folder);
      shareBaseModels(store, folder);
      FileChannel channel =
          FileChannel.open(
              store.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new TransientFailure(
            "Training run %s, round %d, is still worked on by another process; trying again later."
                .formatted(runId, round),
            null);
      }
      return new RunFolder(store, name, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Folder %s of training run %s cannot be used; check space and permissions."
              .formatted(folder, runId),
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Imported base weights are kept once for all runs; without links each run imports its own. */
  private static void shareBaseModels(ModelStore store, Path folder) throws IOException {
    Path shared = Files.createDirectories(store.resolve("base-models"));
    Path link = folder.resolve("base-models");
    if (!Files.exists(link)) {
      try {
        Files.createSymbolicLink(link, shared);
      } catch (UnsupportedOperationException e) {
        Files.createDirectories(link);
      }
    }
  }

  Path path() {
    return store.resolve(name);
  }

  /** Removes checkpoints and log: the model is in the store. */
  void delete() {
    store.delete(name);
    store.delete(name + ".lock");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Lock of " + name + " could not be released", e);
    }
  }
}
