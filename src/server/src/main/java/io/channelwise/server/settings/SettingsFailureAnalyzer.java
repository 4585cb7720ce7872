package io.channelwise.server.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the problems of a {@link SettingsException} as a list in place of a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
    String list = "- " + String.join(System.lineSeparator() + "- ", cause.problems());
    return new FailureAnalysis(
        "The server cannot start with these settings:" + System.lineSeparator() + list,
        "Correct them in the environment, the configuration file or on the command line, and start"
            + " again.",
        rootFailure);
  }
}
