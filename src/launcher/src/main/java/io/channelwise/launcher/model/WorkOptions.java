package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a run keeps what it needs to go on after a stop, and whether it is to go on. */
final class WorkOptions {
  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Folder of checkpoints and trials. Default: the --out folder's name with .work added.")
  private Path work;

  @Option(names = "--resume", description = "Go on with what an earlier run left in that folder.")
  private boolean resume;

  /** The folder given, or the one beside the output. */
  Path folder(Path out) {
    Path whole = out.toAbsolutePath().normalize();
    return work == null ? whole.resolveSibling(whole.getFileName() + ".work") : work;
  }

  /**
   * Refuses to go on where nobody asked for it, and to begin where someone asked to go on.
   *
   * @param there whether the folder holds a run
   * @param what such as {@code a checkpoint}
   */
  void requireResumeToBeMeant(boolean there, Path folder, String what) {
    if (there && !resume) {
      throw new BertException(
          "Folder %s holds %s of an earlier run. Add --resume to go on from it, or delete the folder."
              .formatted(folder, what));
    }
    if (resume && !there) {
      throw new BertException(
          "There is nothing to resume: folder %s holds no state of an earlier run. Leave --resume out to start."
              .formatted(folder));
    }
  }
}
