package io.channelwise.bert.internal.files;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor in Java memory, row-major.
 *
 * @param shape sizes of the axes
 * @param values as many floats as the shape says, from position 0 to the limit
 */
public record HostTensor(long[] shape, FloatBuffer values) {
  public HostTensor {
    shape = shape.clone();
    long wanted = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (wanted != values.remaining()) {
      throw new IllegalArgumentException(
          "Shape %s needs %d values, found %d."
              .formatted(Arrays.toString(shape), wanted, values.remaining()));
    }
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** A view of the values with a position of its own. */
  @Override
  public FloatBuffer values() {
    return values.duplicate();
  }

  /** Rows and columns swapped; for a matrix. */
  public HostTensor transposed() {
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    FloatBuffer source = values();
    float[] target = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        target[c * rows + r] = source.get();
      }
    }
    return new HostTensor(new long[] {columns, rows}, FloatBuffer.wrap(target));
  }
}
