package io.channelwise.server.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with settings while they are read. Not thread-safe. */
final class Problems {
  private final List<String> problems = new ArrayList<>();

  void add(String problem) {
    problems.add(problem);
  }

  String required(String key, String value, String example) {
    if (value == null || value.isBlank()) {
      add("%s is missing; expected %s.".formatted(key, example));
      return "";
    }
    return value.strip();
  }

  /** The secret of {@code key} or of the file that {@code key-file} names; null when neither is. */
  String secret(String key, String value, String file, int charactersMin) {
    if (value != null && !value.isBlank() && file != null && !file.isBlank()) {
      add("%s and %s-file are both set; set only one of them.".formatted(key, key));
      return null;
    }
    String secret = file == null || file.isBlank() ? value : read(key + "-file", file);
    if (secret == null || secret.isBlank()) {
      return null;
    }
    secret = secret.strip();
    if (secret.length() < charactersMin) {
      add(
          "%s has %d characters; expected at least %d. Generate a longer one, e.g. openssl rand -hex 24."
              .formatted(key, secret.length(), charactersMin));
    }
    return secret;
  }

  String requiredSecret(String key, String value, String file, int charactersMin) {
    int before = problems.size();
    String secret = secret(key, value, file, charactersMin);
    if (secret == null && problems.size() == before) {
      add(
          "%s is missing; set it, or %s-file to the path of a file that holds it."
              .formatted(key, key));
    }
    return secret == null ? "" : secret;
  }

  URI httpUrl(String key, String value) {
    try {
      URI uri = new URI(value.strip());
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one sentence for every wrong URL.
    }
    add("%s is %s; expected a URL such as https://host:8080.".formatted(key, value));
    return null;
  }

  int between(String key, Integer value, int smallest, int largest, int whenAbsent) {
    int number = value == null ? whenAbsent : value;
    if (number < smallest || number > largest) {
      add("%s is %d; expected a number from %d to %d.".formatted(key, number, smallest, largest));
    }
    return number;
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private String read(String key, String file) {
    try {
      String content = Files.readString(Path.of(file));
      if (content.isBlank()) {
        add("%s names %s, which is empty; expected a file with the secret.".formatted(key, file));
      }
      return content;
    } catch (IOException e) {
      add(
          "%s names %s, which cannot be read (%s); expected a readable file with the secret."
              .formatted(key, file, e.getClass().getSimpleName()));
      return null;
    }
  }
}
