package io.channelwise.bench.measure;

import io.channelwise.bench.BenchmarkUnavailableException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A peer written in Python that stays alive between rounds: one line is asked, one line answered.
 * Its script lies in {@code src/bench/python}; its remarks go to our standard error. One thread.
 */
public final class PythonPeer implements AutoCloseable {
  private static final String SCRIPTS = "/io/channelwise/bench/python/";
  private static final int PROBE_SECONDS_MAX = 60;
  private static final int END_SECONDS_MAX = 10;

  private final String name;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private PythonPeer(String name, Process process) {
    this.name = name;
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a script with the first Python that has the modules: the one that the environment
   * variable {@code CHANNELWISE_PYTHON} names, Debian's, or the one on the path.
   *
   * @param script file name in {@code src/bench/python}
   * @param workDir where the script is unpacked to
   * @param modules the script imports
   * @param environment variables added for the script
   * @throws BenchmarkUnavailableException when no Python has all modules
   */
  public static PythonPeer start(
      String script,
      Path workDir,
      Set<String> modules,
      Map<String, String> environment,
      List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(interpreter(modules)));
    command.add(unpacked(script, workDir).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      return new PythonPeer(script, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("The peer " + script + " cannot be started", e);
    }
  }

  /** Asks for one thing and waits for its answer, one line each. */
  public String ask(String question) {
    try {
      questions.write(question);
      questions.newLine();
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new BenchmarkUnavailableException(
            "The peer %s ended instead of answering \"%s\"; what it said is above."
                .formatted(name, question));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("The peer " + name + " does not answer", e);
    }
  }

  /** Of the running script. */
  public long pid() {
    return process.pid();
  }

  /** Ends the script by closing its input; kills it when it does not end then. */
  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String interpreter(Set<String> modules) {
    Set<String> candidates = new LinkedHashSet<>();
    String chosen = System.getenv("CHANNELWISE_PYTHON");
    if (chosen != null && !chosen.isBlank()) {
      candidates.add(chosen);
    } else {
      candidates.add("/usr/bin/python3");
      candidates.add("python3");
    }
    for (String candidate : candidates) {
      if (has(candidate, modules)) {
        return candidate;
      }
    }
    throw new BenchmarkUnavailableException(
        "No Python with the modules %s was found among %s; install them (%s), or name a Python that has them in CHANNELWISE_PYTHON."
            .formatted(
                String.join(", ", modules), String.join(", ", candidates), install(modules)));
  }

  /** Debian has no package of transformers. */
  private static String install(Set<String> modules) {
    return modules.contains("transformers")
        ? "in a virtual environment: pip install " + String.join(" ", modules)
        : "Debian: apt install python3-torch; else pip install " + String.join(" ", modules);
  }

  private static boolean has(String python, Set<String> modules) {
    try {
      Process probe =
          new ProcessBuilder(python, "-c", "import " + String.join(", ", modules))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!probe.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS)) {
        probe.destroyForcibly();
        return false;
      }
      return probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path unpacked(String script, Path workDir) {
    try (InputStream in = PythonPeer.class.getResourceAsStream(SCRIPTS + script)) {
      if (in == null) {
        throw new IllegalArgumentException("No script " + script + " is packaged.");
      }
      Files.createDirectories(workDir);
      Path file = workDir.resolve(script);
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("The script " + script + " cannot be unpacked", e);
    }
  }
}
