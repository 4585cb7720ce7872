package io.channelwise.launcher.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role in a process of its own, started again whenever it ends, until closed.
 *
 * <p>The child's standard input is a pipe from here: when this process dies, however it dies, the
 * pipe ends and the child goes too. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
  /** Set for the child: end when standard input does. */
  public static final String LEASH = "CHANNELWISE_LEASH";

  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration RESTART_DELAY_MAX = Duration.ofSeconds(30);
  private static final Duration HEALTHY_AFTER = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;
  private Duration delay = Duration.ofSeconds(1);
  private long startedNanos;
  private boolean closed;

  private ChildProcess(
      String name, List<String> command, Map<String, String> environment, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  /**
   * Runs {@code channelwise ARGUMENTS} in a JVM like this one.
   *
   * @param javaOptions e.g. {@code -Xmx2g}
   * @param environment added to this process's; secrets go in as files, never as arguments
   * @param log standard output and error are appended to it
   */
  public static ChildProcess start(
      String name,
      List<String> javaOptions,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-Dai.djl.offline=true",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            "io.channelwise.launcher.Channelwise"));
    command.addAll(arguments);
    ChildProcess child = new ChildProcess(name, command, environment, log);
    child.launch();
    return child;
  }

  private synchronized void launch() {
    if (closed) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put(LEASH, "1");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The " + name + " could not be started", e);
    }
    startedNanos = System.nanoTime();
    process.onExit().thenAccept(this::ended);
  }

  private void ended(Process dead) {
    synchronized (this) {
      if (closed) {
        return;
      }
      boolean wasHealthy = System.nanoTime() - startedNanos > HEALTHY_AFTER.toNanos();
      delay = wasHealthy ? Duration.ofSeconds(1) : min(delay.multipliedBy(2), RESTART_DELAY_MAX);
      LOG.warn(
          "The {} ended with code {}; starting it again in {} s, its log is {}",
          name,
          dead.exitValue(),
          delay.toSeconds(),
          log);
    }
    java.util.concurrent.CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::relaunch);
  }

  private void relaunch() {
    try {
      launch();
    } catch (RuntimeException e) {
      LOG.error("The {} cannot be started again; restart channelwise", name, e);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  public synchronized long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    // Process.destroy would also close the pipe, and the leash would end the child at once.
    last.toHandle().destroy();
    try {
      if (!last.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        last.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
