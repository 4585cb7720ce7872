package io.channelwise.launcher.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The start of a {@code train} command that does what another command was asked to. */
final class TrainCall {
  private static final Set<String> NOT_REPEATED = Set.of("--out", "--work", "--resume", "--help");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,+=-]+");

  private TrainCall() {}

  /**
   * The command with every option that was given and that {@code train} knows.
   *
   * @param spec of the command that runs
   * @param more options to add where they were not given
   * @param others names, without dashes, of options that someone else adds
   */
  static String of(CommandSpec spec, List<String> more, Set<String> others) {
    CommandSpec train = new CommandLine(new TrainCommand()).getCommandSpec();
    StringBuilder call = new StringBuilder("./channelwise train");
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      boolean repeated = !NOT_REPEATED.contains(name) && !others.contains(name.substring(2));
      if (repeated && train.optionsMap().containsKey(name)) {
        for (String value : option.originalStringValues()) {
          call.append(' ').append(name).append(' ').append(quoted(value));
        }
      }
    }
    more.forEach(option -> call.append(' ').append(option));
    return call.append(" --out DIR").toString();
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
