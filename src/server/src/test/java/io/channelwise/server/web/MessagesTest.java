package io.channelwise.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Both languages say the same things. */
class MessagesTest {

  @Test
  void shouldHaveEveryText_inBothLanguages() throws IOException {
    assertThat(load("messages_zh.properties").keySet())
        .isEqualTo(load("messages.properties").keySet());
  }

  @Test
  void shouldUseTheSameArguments_inBothLanguages() throws IOException {
    Properties english = load("messages.properties");
    Properties chinese = load("messages_zh.properties");
    for (String key : english.stringPropertyNames()) {
      int expected = new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex().length;
      int found = new MessageFormat(chinese.getProperty(key)).getFormatsByArgumentIndex().length;
      assertThat(found).as(key).isEqualTo(expected);
    }
  }

  private static Properties load(String name) throws IOException {
    Properties texts = new Properties();
    try (Reader in =
        new InputStreamReader(
            MessagesTest.class.getResourceAsStream("/io/channelwise/server/" + name),
            StandardCharsets.UTF_8)) {
      texts.load(in);
    }
    return texts;
  }
}
