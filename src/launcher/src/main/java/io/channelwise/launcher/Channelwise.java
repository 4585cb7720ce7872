package io.channelwise.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.channelwise.launcher.channel.ChannelsCommand;
import io.channelwise.launcher.demo.Api.ApiException;
import io.channelwise.launcher.demo.Demo.DemoFailedException;
import io.channelwise.launcher.local.ChildProcess;
import io.channelwise.launcher.local.DataFolder.DataFolderException;
import io.channelwise.launcher.model.BenchCommand;
import io.channelwise.launcher.model.CalibrateCommand;
import io.channelwise.launcher.model.DistillCommand;
import io.channelwise.launcher.model.EvaluateCommand;
import io.channelwise.launcher.model.ExportOnnxCommand;
import io.channelwise.launcher.model.ImportModelCommand;
import io.channelwise.launcher.model.MergeAdapterCommand;
import io.channelwise.launcher.model.PredictCommand;
import io.channelwise.launcher.model.PruneCommand;
import io.channelwise.launcher.model.SearchCommand;
import io.channelwise.launcher.model.TrainCommand;
import io.channelwise.server.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code channelwise} command. */
@Command(
    name = "channelwise",
    description = "Takes an AI model to market: processes, people, workers, BERT.",
    mixinStandardHelpOptions = true,
    version = "channelwise 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ServeCommand.class,
      WorkCommand.class,
      StartCommand.class,
      ReplayCommand.class,
      SampleCommand.class,
      TrainCommand.class,
      SearchCommand.class,
      DistillCommand.class,
      PruneCommand.class,
      EvaluateCommand.class,
      CalibrateCommand.class,
      PredictCommand.class,
      ImportModelCommand.class,
      MergeAdapterCommand.class,
      ExportOnnxCommand.class,
      ChannelsCommand.class,
      BenchCommand.class
    })
public final class Channelwise {

  public static void main(String[] arguments) {
    quietLogs();
    endWithParent();
    System.exit(commandLine().execute(arguments));
  }

  /**
   * Until a role sets up logging of its own, only what a person must know is said, beside the
   * results: those are piped into files.
   */
  static void quietLogs() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
      var root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
      root.setLevel(Level.WARN);
      root.iteratorForAppenders().forEachRemaining(Channelwise::toStandardError);
      logging.getLogger("ai.djl.util.cuda").setLevel(Level.ERROR);
    }
  }

  private static void toStandardError(Appender<?> appender) {
    if (appender instanceof ConsoleAppender<?> console) {
      console.setTarget("System.err");
      console.start();
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Channelwise())
        .setParameterExceptionHandler(Channelwise::explain)
        .setExecutionExceptionHandler(Channelwise::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Says what is wrong with the options; the whole help would bury it. */
  private static int explain(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println("%s: %s; see %s --help.".formatted(name, mistake.getMessage().strip(), name));
    if (arguments.length == 0) {
      command.usage(err);
    } else {
      UnmatchedArgumentException.printSuggestions(mistake, err);
    }
    return ExitCode.USAGE;
  }

  /** A user's mistake is one sentence and exit code 2; anything else shows where it happened. */
  private static int explain(
      Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
    Throwable mistake = mistakeIn(exception);
    if (mistake != null) {
      command
          .getErr()
          .println("channelwise " + command.getCommandName() + ": " + mistake.getMessage());
      return ExitCode.USAGE;
    }
    if (exception instanceof DemoFailedException || exception instanceof ApiException) {
      command.getErr().println("channelwise demo: " + exception.getMessage());
      return ExitCode.SOFTWARE;
    }
    exception.printStackTrace(command.getErr());
    return ExitCode.SOFTWARE;
  }

  private static Throwable mistakeIn(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException
          || cause instanceof DataFolderException
          || cause instanceof SettingsException
          || cause instanceof PortInUseException
          || cause instanceof UserMistake) {
        return cause;
      }
    }
    return null;
  }

  /** A child on a leash ends when its parent does: its standard input is a pipe from there. */
  private static void endWithParent() {
    if (System.getenv(ChildProcess.LEASH) == null) {
      return;
    }
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is ever sent; only the end matters.
                }
              } catch (IOException e) {
                // A broken pipe is an end, too.
              }
              Runtime.getRuntime().halt(1);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** What the user did cannot work; the message says what and what to do. */
  public static final class UserMistake extends RuntimeException {
    public UserMistake(String message) {
      super(message);
    }
  }

  private Channelwise() {}
}
