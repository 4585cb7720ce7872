package io.channelwise.campaign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Keys seen in a file and the line each was first seen on, in 24 bytes a slot: keys are kept as the
 * first 128 bits of their SHA-256, so that ten million event ids fit into 400 MB. Not thread-safe.
 */
final class KeySet {
  private static final double LOAD_MAX = 0.66;

  private final MessageDigest digest = sha256();
  private long[] high = new long[1024];
  private long[] low = new long[1024];
  private long[] lines = new long[1024];
  private int size;

  /** The line of the same key before, or 0 when it is new, in which case it is added. */
  long addOrFind(List<?> key, long line) {
    if (size + 1 > LOAD_MAX * lines.length) {
      grow();
    }
    ByteBuffer hash = ByteBuffer.wrap(hash(key));
    long first = hash.getLong();
    long second = hash.getLong();
    int slot = slot(first, second);
    if (lines[slot] != 0) {
      return lines[slot];
    }
    put(slot, first, second, line);
    size++;
    return 0;
  }

  private byte[] hash(List<?> key) {
    for (Object part : key) {
      byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      // The length first: ("ab", "c") and ("a", "bc") are different keys.
      digest.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).array());
      digest.update(bytes);
    }
    return digest.digest();
  }

  private int slot(long first, long second) {
    int mask = lines.length - 1;
    int slot = (int) first & mask;
    while (lines[slot] != 0 && (high[slot] != first || low[slot] != second)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void put(int slot, long first, long second, long line) {
    high[slot] = first;
    low[slot] = second;
    lines[slot] = line;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldLines = lines;
    high = new long[2 * oldLines.length];
    low = new long[2 * oldLines.length];
    lines = new long[2 * oldLines.length];
    for (int i = 0; i < oldLines.length; i++) {
      if (oldLines[i] != 0) {
        put(slot(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldLines[i]);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
