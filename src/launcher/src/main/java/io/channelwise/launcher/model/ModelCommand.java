package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the model commands share: output, exit codes and the folder of imported weights. */
abstract class ModelCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USER_MISTAKE = 2;

  /** Steps between two checkpoints of a training that has no option for it. */
  static final int CHECKPOINT_STEPS = 500;

  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    // Choices are written in small letters on the command line.
    spec.parser().caseInsensitiveEnumValuesAllowed(true);
  }

  /** Does the work; exceptions a user can act on become messages. */
  abstract void run();

  @Override
  public Integer call() {
    try {
      run();
      return DONE;
    } catch (TrainingDivergedException | TrainingCancelledException e) {
      complain(e.getMessage());
      return FAILED;
    } catch (BertException | IllegalArgumentException e) {
      complain(e.getMessage());
      return USER_MISTAKE;
    } catch (UncheckedIOException e) {
      complain(e.getMessage() + " (" + e.getCause().getMessage() + ")");
      return USER_MISTAKE;
    } finally {
      out().flush();
    }
  }

  /** Where results go. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where remarks go, so that results can be piped. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * One folder of imported weights a user, shared by all runs; the system property {@code
   * channelwise.base-models} names another.
   */
  static Path baseModels() {
    String chosen = System.getProperty("channelwise.base-models");
    if (chosen != null) {
      return Path.of(chosen);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return root.resolve("channelwise").resolve("base-models");
  }

  /** The command with what was given to it. */
  CommandSpec spec() {
    return spec;
  }

  private void complain(String message) {
    // One line each: those of JSON parsers bring the place in a line of their own.
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    err().println("channelwise " + spec.name() + ": " + line);
    err().flush();
  }
}
