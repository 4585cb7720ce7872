package io.channelwise.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.launcher.demo.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code start}: starts a campaign on a running server. */
@Command(
    name = "start",
    description = "Starts a campaign on a running server from its JSON and CSV files.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE.json",
      description = "The campaign, as POST /api/campaigns takes it.")
  private Path file;

  @Option(
      names = "--csv",
      paramLabel = "DIR",
      description = "Folder of the CSV tables (default: the folder of FILE.json).")
  private Path csv;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server (default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--user",
      defaultValue = "admin",
      description = "Who starts it (default: ${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      defaultValue = "data/admin-password",
      description = "File with the user's password (default: ${DEFAULT-VALUE}).")
  private Path passwordFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String json = read(file, "FILE.json");
    Path folder = csv == null ? file.toAbsolutePath().getParent() : csv;
    Api api = Api.as(server, user, read(passwordFile, "--password-file").strip());
    try {
      JsonNode started = api.postForm("/api/campaigns", "campaign", json, tables(folder));
      spec.commandLine().getOut().println(started.toPrettyString());
      return 0;
    } catch (Api.ApiException e) {
      throw new Channelwise.UserMistake(explained(e));
    }
  }

  private String explained(Api.ApiException refused) {
    if (refused.status() == 0) {
      return "No server answers at %s. Start one with 'channelwise up', or name another with --server."
          .formatted(server);
    }
    if (refused.status() == 401) {
      return "The server %s does not know user %s with the password in %s. Check --user and --password-file."
          .formatted(server, user, passwordFile);
    }
    return refused.problem().map(StartCommand::explained).orElse(refused.getMessage());
  }

  /** The detail, and every finding on a line of its own. */
  private static String explained(JsonNode problem) {
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

  private static String read(Path path, String option) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new Channelwise.UserMistake(
          "%s is %s, which is not there; expected a file.".formatted(option, path));
    }
    return Files.readString(path);
  }

  private static List<Path> tables(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new Channelwise.UserMistake(
          "--csv is %s, which is no folder; expected the folder of the CSV tables."
              .formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
