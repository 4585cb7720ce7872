package io.channelwise.bert.internal.onnx;

import io.channelwise.bert.internal.files.HostTensor;
import java.nio.FloatBuffer;

/**
 * A matrix as signed bytes with a scale for each row: value = scale * byte, scale = largest
 * magnitude of the row / 127, no zero point. The rows of a linear layer's weight are its outputs,
 * so this is what onnxruntime's tools call symmetric quantisation per channel.
 */
final class EightBits {
  private static final int LARGEST = 127;

  private final int columns;
  private final byte[] rows;
  private final float[] scales;

  private EightBits(int columns, byte[] rows, float[] scales) {
    this.columns = columns;
    this.rows = rows;
    this.scales = scales;
  }

  static EightBits of(HostTensor matrix) {
    int count = Math.toIntExact(matrix.shape()[0]);
    int columns = Math.toIntExact(matrix.shape()[1]);
    FloatBuffer values = matrix.values();
    byte[] codes = new byte[Math.multiplyExact(count, columns)];
    float[] scales = new float[count];
    float[] row = new float[columns];
    for (int r = 0; r < count; r++) {
      values.get(row);
      float largest = 0;
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
      // A row of zeros has any scale.
      scales[r] = largest == 0 ? 1 : largest / LARGEST;
      for (int c = 0; c < columns; c++) {
        int code = Math.round(row[c] / scales[r]);
        codes[r * columns + c] = (byte) Math.max(-LARGEST, Math.min(LARGEST, code));
      }
    }
    return new EightBits(columns, codes, scales);
  }

  /** The bytes, row by row. */
  byte[] rows() {
    return rows;
  }

  /** The bytes, column by column. */
  byte[] transposed() {
    int count = scales.length;
    byte[] result = new byte[rows.length];
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * count + r] = rows[r * columns + c];
      }
    }
    return result;
  }

  /** The scale of each row. */
  HostTensor scales() {
    return new HostTensor(new long[] {scales.length}, FloatBuffer.wrap(scales));
  }
}
