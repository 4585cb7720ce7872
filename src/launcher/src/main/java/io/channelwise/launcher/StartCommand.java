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
      throw new Channelwise.UserMistake(e.getMessage());
    }
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
