package io.channelwise.server.settings;

import java.util.List;

/** Settings that keep the server from starting; each problem is one sentence with its key. */
public final class SettingsException extends RuntimeException {
  private final transient List<String> problems;

  public SettingsException(List<String> problems) {
    super("The server cannot start with these settings: " + String.join(" ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
