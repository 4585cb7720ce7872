package io.channelwise.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.launcher.demo.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private ServerLogin login;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String json = ServerLogin.read(file, "FILE.json");
    Path folder = csv == null ? file.toAbsolutePath().getParent() : csv;
    Api api = login.api();
    try {
      JsonNode started = api.postForm("/api/campaigns", "campaign", json, tables(folder));
      spec.commandLine().getOut().println(started.toPrettyString());
      return 0;
    } catch (Api.ApiException e) {
      throw login.explained(e);
    }
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
