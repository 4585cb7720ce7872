package io.channelwise.bert.internal.search;

import io.channelwise.bert.Example;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells one set of examples from another. */
public final class Fingerprint {

  private Fingerprint() {}

  /** SHA-256 over all inputs and labels of the parts, in order. */
  @SafeVarargs
  public static String of(List<Example>... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (List<Example> part : parts) {
        for (Example example : part) {
          update(digest, example.inputs());
          update(digest, example.labels());
        }
        digest.update((byte) 1);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, List<String> texts) {
    for (String text : texts) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    digest.update((byte) 2);
  }
}
