package io.channelwise.launcher.model;

import io.channelwise.bert.BertException;
import io.channelwise.bert.TrainingCancelledException;
import io.channelwise.bert.TrainingDivergedException;
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

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  /** Does the work; exceptions a user can act on become messages. */
  abstract void run();

  @Override
  public Integer call() {
    // Set before PyTorch starts; nothing is downloaded and nothing reported home.
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
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

  private void complain(String message) {
    err().println("channelwise " + spec.name() + ": " + message);
    err().flush();
  }
}
