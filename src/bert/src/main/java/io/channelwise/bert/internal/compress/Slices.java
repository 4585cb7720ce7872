package io.channelwise.bert.internal.compress;

import io.channelwise.bert.internal.files.HostTensor;
import java.nio.FloatBuffer;

/** Parts of tensors in Java memory. */
final class Slices {

  private Slices() {}

  /** Chosen rows of a matrix, or chosen values of a vector, in the order given. */
  static HostTensor rows(HostTensor tensor, int[] rows) {
    long[] shape = tensor.shape();
    int width = shape.length == 1 ? 1 : (int) shape[1];
    FloatBuffer values = tensor.values();
    FloatBuffer result = FloatBuffer.allocate(rows.length * width);
    for (int row : rows) {
      result.put(values.slice(row * width, width));
    }
    shape[0] = rows.length;
    return new HostTensor(shape, result.flip());
  }

  /** Chosen columns of a matrix, in the order given. */
  static HostTensor columns(HostTensor matrix, int[] columns) {
    int rows = (int) matrix.shape()[0];
    int width = (int) matrix.shape()[1];
    FloatBuffer values = matrix.values();
    FloatBuffer result = FloatBuffer.allocate(rows * columns.length);
    for (int row = 0; row < rows; row++) {
      for (int column : columns) {
        result.put(values.get(row * width + column));
      }
    }
    return new HostTensor(new long[] {rows, columns.length}, result.flip());
  }
}
