package io.channelwise.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads {@code --config FILE}: a properties file with the keys of the README's table. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * @param file null when none was given
   */
  static Map<String, String> read(Path file) {
    if (file == null) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new Channelwise.UserMistake(
          "--config %s cannot be read as a properties file: %s".formatted(file, e.getMessage()));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
    return settings;
  }
}
