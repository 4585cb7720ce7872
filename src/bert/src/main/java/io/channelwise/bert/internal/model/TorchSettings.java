package io.channelwise.bert.internal.model;

import ai.djl.util.Utils;
import io.channelwise.bert.BertException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which PyTorch was asked for: the variables that DJL reads, null where one is not set. DJL itself
 * takes the packaged PyTorch where the path leads nowhere, and fails far from the cause where one
 * of the others does not fit.
 *
 * @param libraryPath folder of libtorch
 * @param flavor what libtorch is built for
 * @param version of libtorch
 */
record TorchSettings(String libraryPath, String flavor, String version) {
  /** The PyTorch that is packaged, and that DJL's native code is built for. */
  static final String VERSION = "2.7.1";

  /** What DJL's native code is packaged for. */
  static final List<String> FLAVORS = List.of("cpu", "cu128");

  static final String FOR_CUDA =
      "PYTORCH_LIBRARY_PATH to the lib folder of libtorch %s for CUDA 12.8, PYTORCH_FLAVOR=cu128 and PYTORCH_VERSION=%s before the start"
          .formatted(VERSION, VERSION);

  TorchSettings {
    libraryPath = setOrNull(libraryPath);
    flavor = setOrNull(flavor);
    version = setOrNull(version);
  }

  /** The variables of the process, or system properties of the same names. */
  static TorchSettings ofProcess() {
    return new TorchSettings(
        Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH"),
        Utils.getEnvOrSystemProperty("PYTORCH_FLAVOR"),
        Utils.getEnvOrSystemProperty("PYTORCH_VERSION"));
  }

  private static String setOrNull(String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** Why there is no PyTorch of these settings, known without loading it. */
  Optional<String> problem() {
    if (version != null && !version.startsWith(VERSION)) {
      return Optional.of("PYTORCH_VERSION is not " + VERSION);
    }
    if (libraryPath == null) {
      return Optional.empty();
    }
    String library = System.mapLibraryName("torch");
    if (Stream.of(libraryPath.split(File.pathSeparator))
        .noneMatch(folder -> isLibrary(Path.of(folder), library))) {
      return Optional.of("there is no " + library);
    }
    if (flavor == null || !FLAVORS.contains(flavor)) {
      return Optional.of("PYTORCH_FLAVOR is neither " + String.join(" nor ", FLAVORS));
    }
    return Optional.empty();
  }

  /** DJL takes the file itself, too. */
  private static boolean isLibrary(Path path, String library) {
    return Files.isRegularFile(path.resolve(library))
        || path.endsWith(library) && Files.isRegularFile(path);
  }

  /**
   * What a person is told when this PyTorch cannot be used.
   *
   * @param cause null where it is not even tried
   */
  BertException failure(String reason, Throwable cause) {
    String remedy =
        libraryPath == null && version == null
            ? "Check that folder %s can be written and has 500 MB free, or name another with DJL_CACHE_DIR."
                .formatted(Utils.getEngineCacheDir("pytorch"))
            : "Set "
                + FOR_CUDA
                + "; or unset all three to compute on the CPU with the packaged PyTorch.";
    return new BertException(
        "PyTorch cannot be loaded from %s: %s (found: %s). %s"
            .formatted(
                libraryPath == null ? "what is packaged" : libraryPath, reason, this, remedy),
        cause);
  }

  @Override
  public String toString() {
    return "PYTORCH_LIBRARY_PATH=%s, PYTORCH_FLAVOR=%s, PYTORCH_VERSION=%s"
        .formatted(shown(libraryPath), shown(flavor), shown(version));
  }

  private static String shown(String value) {
    return value == null ? "not set" : value;
  }
}
