package io.channelwise.launcher.model;

import java.util.Set;

/** Checks the value of {@code --device} where no training settings do. */
final class DeviceOption {

  private DeviceOption() {}

  static void require(String device) {
    if (!Set.of("auto", "cpu", "gpu").contains(device)) {
      throw new IllegalArgumentException("--device is " + device + "; expected auto, cpu or gpu.");
    }
  }
}
