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
 * @param usable whether PyTorch itself sees a GPU
 * @param libraries folder of the PyTorch loaded
 * @param visible value of {@code CUDA_VISIBLE_DEVICES}; null where it is not set
 * @param settings which PyTorch was asked for
 */
record GpuCheck(
    int gpus,
    boolean cudaBuild,
    boolean usable,
    String libraries,
    String visible,
    TorchSettings settings) {
  private static final String LOOK =
      "Look at nvidia-smi, CUDA_VISIBLE_DEVICES and, in a container, its option --gpus all";
  private static final String SET = "set " + TorchSettings.FOR_CUDA;

  /** NVIDIA's first driver for CUDA 12. */
  private static final int DRIVER_MIN = 525;

  /** GPUs in the folder where NVIDIA's driver lists them; DJL asks CUDA, which may be absent. */
  static int gpusOfDriver(Path folder) {
    try (Stream<Path> gpus = Files.list(folder)) {
      return (int) gpus.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether the folder holds the part of PyTorch that computes with CUDA. */
  static boolean isCudaBuild(String libraries) {
    return Files.exists(Path.of(libraries, System.mapLibraryName("torch_cuda")));
  }

  /** One message for a person who wants the GPU; empty where it can be used. */
  Optional<String> problem() {
    if (gpus == 0) {
      return because("the driver shows no CUDA GPU", cudaBuild ? LOOK : LOOK + "; then " + SET);
    }
    if (!cudaBuild) {
      return because("the PyTorch loaded is built for the CPU", "To use the GPU, " + SET);
    }
    return usable
        ? Optional.empty()
        : because(
            "PyTorch cannot use the GPU that the driver shows",
            "The driver must be %d or newer (nvidia-smi tells), and CUDA_VISIBLE_DEVICES must not hide the GPU"
                .formatted(DRIVER_MIN));
  }

  private Optional<String> because(String cause, String remedy) {
    return Optional.of(
        "%s (found: CUDA GPUs %d, PyTorch for %s from %s, CUDA_VISIBLE_DEVICES=%s, %s). %s. Or choose device cpu."
            .formatted(
                cause,
                gpus,
                cudaBuild ? "CUDA" : "the CPU",
                libraries,
                visible == null ? "not set" : visible,
                settings,
                remedy));
  }
}
