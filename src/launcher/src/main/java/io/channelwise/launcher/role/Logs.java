package io.channelwise.launcher.role;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the roles log: less of the libraries' own view of things that are told better elsewhere. */
public final class Logs {
  private static final Map<String, String> LEVELS =
      Map.of(
          // A start that fails is told once, by the command, in a sentence or with its cause.
          "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "OFF",
          "org.springframework.boot.web.embedded.tomcat.TomcatStarter", "OFF",
          "org.springframework.boot.web.servlet.context", "ERROR",
          "org.springframework.boot.autoconfigure.logging", "ERROR",
          "org.springframework.context.annotation.AnnotationConfigApplicationContext", "ERROR",
          // The runtime says the same with the topic, the next try and the cause.
          "org.camunda.bpm.client", "OFF",
          // Warns at each start on a machine without a GPU.
          "ai.djl.util.cuda", "ERROR");

  private Logs() {}

  /** The settings with these levels as defaults beneath them. */
  static Map<String, Object> under(Map<String, ?> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    LEVELS.forEach((logger, level) -> all.put("logging.level." + logger, level));
    all.putAll(settings);
    return all;
  }
}
