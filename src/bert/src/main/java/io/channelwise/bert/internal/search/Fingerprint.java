package io.channelwise.bert.internal.search;

import io.channelwise.bert.Example;
import io.channelwise.bert.internal.files.Sha256;
import java.util.List;

/** Tells one set of examples from another. */
public final class Fingerprint {

  private Fingerprint() {}

  /** SHA-256 over all inputs and labels of the parts, in order. */
  @SafeVarargs
  public static String of(List<Example>... parts) {
    Sha256 sum = new Sha256();
    for (List<Example> part : parts) {
      for (Example example : part) {
        sum.add(example.inputs()).mark(2).add(example.labels()).mark(2);
      }
      sum.mark(1);
    }
    return sum.hex();
  }
}
