package io.channelwise.attribution;

import java.util.Arrays;

/** Numbers keys in the order they come, by open addressing; keys are not negative. */
final class LongIntMap {
  private static final long EMPTY = -1;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[1 << 10];
  private int[] values = new int[1 << 10];
  private int size;

  LongIntMap() {
    Arrays.fill(keys, EMPTY);
  }

  int size() {
    return size;
  }

  /** The number of the key; a new key takes the next one. */
  int number(long key) {
    int place = place(key);
    if (keys[place] == EMPTY) {
      if (2 * (size + 1) > keys.length) {
        grow();
        place = place(key);
      }
      keys[place] = key;
      values[place] = size++;
    }
    return values[place];
  }

  /** The keys by their numbers. */
  long[] keys() {
    long[] byNumber = new long[size];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        byNumber[values[i]] = keys[i];
      }
    }
    return byNumber;
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) (key * SPREAD >>> 32) & mask;
    while (keys[place] != EMPTY && keys[place] != key) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new int[keys.length];
    Arrays.fill(keys, EMPTY);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
      }
    }
  }
}
