package io.channelwise.launcher;

import io.channelwise.launcher.role.Health;
import io.channelwise.launcher.role.WorkerRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code work}: workers of some topics, for production. */
@Command(
    name = "work",
    description = {
      "Runs workers of the given topics until stopped.",
      "'growth' stands for all topics of the business steps, 'bert.fine-tune,bert.evaluate' is the"
          + " training worker, 'ticket.classify,material.rank' the inference"
          + " worker."
    },
    mixinStandardHelpOptions = true)
final class WorkCommand implements Callable<Integer> {
  @Option(
      names = "--topics",
      paramLabel = "A,B",
      required = true,
      split = ",",
      description = "Topics, separated by commas.")
  private List<String> topics;

  @Option(names = "--config", paramLabel = "FILE", description = "Properties file with settings.")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> settings = ConfigFile.read(config);
    WorkerRole role = WorkerRole.start(topics.stream().map(String::strip).toList(), settings);
    AutoCloseable health = Health.serve(role.context().getEnvironment());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  closeQuietly(health);
                  role.close();
                  stopped.countDown();
                },
                "stop"));
    stopped.await();
    return 0;
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("The health port did not close", e);
    }
  }
}
