package io.channelwise.bert.internal.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 in the making. One thread. */
public final class Sha256 {
  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Of a text, in UTF-8. */
  public static String of(String text) {
    Sha256 sum = new Sha256();
    sum.digest.update(text.getBytes(StandardCharsets.UTF_8));
    return sum.hex();
  }

  /** Adds texts, with a zero after each. */
  public Sha256 add(List<String> texts) {
    for (String text : texts) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return this;
  }

  /** Adds a byte that tells what was before from what comes after. */
  public Sha256 mark(int mark) {
    digest.update((byte) mark);
    return this;
  }

  /** 64 hexadecimal digits; nothing may be added then. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
