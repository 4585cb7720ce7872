package io.channelwise.promotion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of messages: the same on every attempt, and plain ASCII whatever script names are in. */
final class MessageIds {

  private MessageIds() {}

  static String promotion(String campaignKey, int cycle, String channel, String material) {
    return "promotion-%s-%d-%s".formatted(campaignKey, cycle, digest(channel + "\0" + material));
  }

  static String release(String campaignKey, int cycle, String channel, int step) {
    return "promotion-%s-%d-%s-%d".formatted(campaignKey, cycle, digest(channel), step);
  }

  /** Sixteen hex digits. */
  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
