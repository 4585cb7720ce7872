package io.channelwise.launcher;

import io.channelwise.launcher.sample.SampleCampaign;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sample}: writes the sample campaign's files. */
@Command(
    name = "sample",
    description =
        "Writes the sample campaign (an invented company): campaign.json and eleven CSVs.",
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write to.")
  private Path out;

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      defaultValue = "en",
      description = "Language of headers and texts (default: ${DEFAULT-VALUE}).")
  private String language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SampleCampaign.write(out, language);
    spec.commandLine().getOut().println("The sample campaign is in " + out);
    return 0;
  }
}
