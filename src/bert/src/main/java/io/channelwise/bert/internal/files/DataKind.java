package io.channelwise.bert.internal.files;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Number formats of safetensors that BERT files hold. */
enum DataKind {
  F32(4) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      return bytes.asFloatBuffer();
    }
  },
  F64(8) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      FloatBuffer result = FloatBuffer.allocate(bytes.remaining() / 8);
      var source = bytes.asDoubleBuffer();
      while (source.hasRemaining()) {
        result.put((float) source.get());
      }
      return result.flip();
    }
  },
  F16(2) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      FloatBuffer result = FloatBuffer.allocate(bytes.remaining() / 2);
      ShortBuffer source = bytes.asShortBuffer();
      while (source.hasRemaining()) {
        result.put(halfToFloat(source.get()));
      }
      return result.flip();
    }
  },
  BF16(2) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      FloatBuffer result = FloatBuffer.allocate(bytes.remaining() / 2);
      ShortBuffer source = bytes.asShortBuffer();
      while (source.hasRemaining()) {
        result.put(Float.intBitsToFloat(source.get() << 16));
      }
      return result.flip();
    }
  },
  I64(8) {
    @Override
    FloatBuffer floats(ByteBuffer bytes) {
      FloatBuffer result = FloatBuffer.allocate(bytes.remaining() / 8);
      LongBuffer source = bytes.asLongBuffer();
      while (source.hasRemaining()) {
        result.put(source.get());
      }
      return result.flip();
    }
  };

  private final int bytes;

  DataKind(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  abstract FloatBuffer floats(ByteBuffer bytes);

  /** The kind of that name, or null. */
  static DataKind of(String name) {
    for (DataKind kind : values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** IEEE 754 binary16 to binary32; Java has this only from version 20. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 31 ? 255 : exponent + 112;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }
}
