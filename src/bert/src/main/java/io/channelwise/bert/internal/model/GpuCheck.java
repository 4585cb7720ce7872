package io.channelwise.bert.internal.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why PyTorch cannot compute on a GPU here, and what to do.
 *
 * @param gpus CUDA GPUs that the driver shows
 * @param cudaBuild whether the PyTorch loaded was built for CUDA
 * @param libraries folder of the PyTorch loaded
 * @param libraryPath value of {@code PYTORCH_LIBRARY_PATH}; null where it is not set
 * @param flavor value of {@code PYTORCH_FLAVOR}; null where it is not set
 */
record GpuCheck(int gpus, boolean cudaBuild, String libraries, String libraryPath, String flavor) {
  private static final String CUDA_BUILD =
      "Set PYTORCH_LIBRARY_PATH to the lib folder of libtorch 2.7.1 for CUDA 12.8,"
          + " PYTORCH_FLAVOR=cu128 and PYTORCH_VERSION=2.7.1 before the start";

  /** GPUs in the folder where NVIDIA's driver lists them; DJL asks CUDA, which may be absent. */
  static int gpusOfDriver(Path folder) {
    try (Stream<Path> gpus = Files.list(folder)) {
      return (int) gpus.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** One message for a person who wants the GPU; empty where it can be used. */
  Optional<String> problem() {
    if (gpus > 0 && cudaBuild) {
      return Optional.empty();
    }
    String found =
        "found: %d CUDA GPUs, PyTorch for %s from %s, PYTORCH_LIBRARY_PATH=%s, PYTORCH_FLAVOR=%s"
            .formatted(
                gpus, cudaBuild ? "CUDA" : "the CPU", libraries, shown(libraryPath), shown(flavor));
    String cause =
        gpus == 0
            ? "the driver shows no CUDA GPU"
            : "a GPU is there, but the PyTorch loaded is built for the CPU";
    return Optional.of("%s (%s). %s, or choose device cpu.".formatted(cause, found, remedy()));
  }

  private String remedy() {
    if (gpus > 0) {
      return libraryPath != null && flavor == null
          ? "PYTORCH_LIBRARY_PATH is read only where PYTORCH_FLAVOR is set too. " + CUDA_BUILD
          : CUDA_BUILD;
    }
    String visible =
        "Check nvidia-smi, CUDA_VISIBLE_DEVICES and, in a container, its option --gpus all";
    return cudaBuild ? visible : visible + "; then: " + CUDA_BUILD;
  }

  private static String shown(String value) {
    return value == null ? "not set" : value;
  }
}
