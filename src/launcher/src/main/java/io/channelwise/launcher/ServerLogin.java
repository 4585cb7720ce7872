package io.channelwise.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.launcher.demo.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running server a command calls, and as whom. */
final class ServerLogin {
  @Option(
      names = {"--server", "--url"},
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server (default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--user",
      defaultValue = "admin",
      description = "Who calls it (default: ${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      defaultValue = "data/admin-password",
      description = "File with the user's password (default: ${DEFAULT-VALUE}).")
  private Path passwordFile;

  /**
   * @throws Channelwise.UserMistake when there is no file with the password
   */
  Api api() throws IOException {
    return Api.as(server, user, read(passwordFile, "--password-file").strip());
  }

  /** The text of a file that an option or parameter names. */
  static String read(Path path, String option) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new Channelwise.UserMistake(
          "%s is %s, which is not there; expected a file.".formatted(option, path));
    }
    return Files.readString(path);
  }

  /** What the caller must know of a call that failed. */
  Channelwise.UserMistake explained(Api.ApiException refused) {
    return new Channelwise.UserMistake(explanation(refused));
  }

  private String explanation(Api.ApiException refused) {
    if (refused.status() == 0) {
      return "No server answers at %s. Start one with 'channelwise up', or name another with --server."
          .formatted(server);
    }
    if (refused.status() == 401) {
      return "The server %s does not know user %s with the password in %s, or keeps the user out for some seconds after a wrong one. Check --user and --password-file, then try again."
          .formatted(server, user, passwordFile);
    }
    return refused.problem().map(ServerLogin::explanation).orElse(refused.getMessage());
  }

  /** The detail, and every finding on a line of its own. */
  private static String explanation(JsonNode problem) {
    StringBuilder text = new StringBuilder(problem.path("detail").asText());
    for (JsonNode finding : problem.path("findings")) {
      text.append(System.lineSeparator()).append("  ").append(finding.path("message").asText());
    }
    int further = problem.path("furtherFindings").asInt();
    if (further > 0) {
      text.append(System.lineSeparator()).append("  … and %d more".formatted(further));
    }
    return text.toString();
  }
}
