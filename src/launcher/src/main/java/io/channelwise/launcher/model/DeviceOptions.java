package io.channelwise.launcher.model;

import java.util.Set;
import picocli.CommandLine.Option;

/** Where a model is trained or run. */
final class DeviceOptions {
  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "NUMBER",
      description = "CPU threads; 0 takes one a processor. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "auto|cpu|gpu",
      description = "Where to run. Default: ${DEFAULT-VALUE}, a GPU if PyTorch sees one.")
  private String name;

  int threads() {
    return threads;
  }

  /**
   * The device.
   *
   * @throws IllegalArgumentException when it is none of those known
   */
  String name() {
    requireKnown(name);
    return name;
  }

  static void requireKnown(String device) {
    if (!Set.of("auto", "cpu", "gpu").contains(device)) {
      throw new IllegalArgumentException("--device is " + device + "; expected auto, cpu or gpu.");
    }
  }
}
