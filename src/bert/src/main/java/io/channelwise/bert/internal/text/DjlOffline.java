package io.channelwise.bert.internal.text;

/**
 * Keeps DJL from downloading libraries and from reporting that it was started. It reads its setting
 * when a class of its own starts, so whoever starts the first one comes here before.
 */
public final class DjlOffline {
  private static final String PROPERTY = "ai.djl.offline";

  private DjlOffline() {}

  /** Leaves what someone chose explicitly. */
  public static void ensure() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, "true");
    }
  }

  /** Whether nothing may be downloaded. */
  public static boolean isOn() {
    return Boolean.getBoolean(PROPERTY);
  }
}
