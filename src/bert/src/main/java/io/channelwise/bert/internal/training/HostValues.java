package io.channelwise.bert.internal.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Reads arrays one after the other, to be written. Those of the CPU are read where they lie: copies
 * of all would swell the process at every checkpoint. Of those of a GPU one copy at a time is held;
 * DJL's own reading keeps each until the model is closed. One thread.
 */
final class HostValues implements AutoCloseable {
  private NDArray copy; // null where none is held

  /**
   * The values of an array.
   *
   * @return of any length; good until the next call, the array's change or its end
   */
  FloatBuffer of(NDArray array) {
    close();
    if (array.getDevice().isGpu()) {
      copy = array.toDevice(Device.cpu(), true);
    }
    return (copy == null ? array : copy)
        .toByteBuffer(true)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** A copy of an array's values that outlives it. */
  static FloatBuffer copy(NDArray array) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return array.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
  }

  @Override
  public void close() {
    if (copy != null) {
      copy.close();
      copy = null;
    }
  }
}
