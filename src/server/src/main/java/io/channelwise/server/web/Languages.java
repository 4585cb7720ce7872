package io.channelwise.server.web;

import io.channelwise.campaign.Text;
import java.util.Locale;

/** English, or Chinese when asked for. */
public final class Languages {
  private Languages() {}

  public static boolean isChinese(Locale locale) {
    return locale.getLanguage().equals(Locale.CHINESE.getLanguage());
  }

  public static String text(Text text, Locale locale) {
    return isChinese(locale) ? text.zh() : text.en();
  }
}
