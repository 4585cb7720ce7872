package io.channelwise.bert.internal.model;

import java.util.List;
import java.util.Locale;

/** Knows PyTorch's ways of saying that a device has too little memory. */
public final class OutOfMemory {
  /** Of the CUDA allocator, of cuBLAS and cuDNN, and of the CPU allocator. */
  private static final List<String> SIGNS =
      List.of(
          "out of memory",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "defaultcpuallocator",
          "can't allocate memory");

  private OutOfMemory() {}

  /** Whether a failure of the engine, or a cause of it, is a lack of the device's memory. */
  public static boolean causes(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (SIGNS.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }

  /** What PyTorch said, without the addresses of its own code that follow. */
  public static String message(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
