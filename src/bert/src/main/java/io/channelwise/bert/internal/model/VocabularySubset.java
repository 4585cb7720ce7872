package io.channelwise.bert.internal.model;

import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;

/**
 * The token ids a training really meets, numbered without gaps.
 *
 * <p>A row of the word embedding that no text uses has no gradient: AdamW would only decay it. So
 * the training holds the used rows alone, which halves the optimiser's work and memory of a small
 * BERT, and leaves the other rows as they were pretrained.
 */
public final class VocabularySubset {
  private final int[] ids;
  private final int[] numberOfId;

  /**
   * Collects the ids in use.
   *
   * @param vocabSize ids lie below it
   */
  public VocabularySubset(int vocabSize, Collection<TokenIds> texts) {
    BitSet used = new BitSet(vocabSize);
    // The padding token takes part in every padded batch.
    used.set(0);
    texts.forEach(text -> Arrays.stream(text.ids()).forEach(used::set));
    if (used.length() > vocabSize) {
      throw new IllegalArgumentException(
          "Token id " + (used.length() - 1) + " is outside the vocabulary of " + vocabSize + ".");
    }
    ids = used.stream().toArray();
    numberOfId = new int[vocabSize];
    Arrays.fill(numberOfId, -1);
    for (int i = 0; i < ids.length; i++) {
      numberOfId[ids[i]] = i;
    }
  }

  /** How many ids are in use. */
  public int size() {
    return ids.length;
  }

  /** The text in the new numbers. */
  public TokenIds renumber(TokenIds text) {
    return text.renumbered(id -> numberOfId[id]);
  }

  /** The used rows of the whole table. */
  HostTensor select(HostTensor table) {
    int width = (int) table.shape()[1];
    FloatBuffer all = table.values();
    FloatBuffer rows = FloatBuffer.allocate(ids.length * width);
    for (int id : ids) {
      rows.put(all.slice(id * width, width));
    }
    return new HostTensor(new long[] {ids.length, width}, rows.flip());
  }

  /** The whole table with the used rows replaced. */
  public FloatBuffer merge(HostTensor table, FloatBuffer rows) {
    int width = (int) table.shape()[1];
    FloatBuffer result = FloatBuffer.allocate(table.values().remaining());
    result.put(table.values());
    for (int i = 0; i < ids.length; i++) {
      result.position(ids[i] * width);
      result.put(rows.slice(i * width, width));
    }
    return result.rewind();
  }
}
