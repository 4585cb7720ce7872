package io.channelwise.launcher;

import io.channelwise.launcher.role.ServerRole;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the server role, for production. */
@Command(
    name = "serve",
    description = {
      "Runs the server: engine, REST API, web applications.",
      "Settings come from the environment or a file; the README lists them."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "FILE", description = "Properties file with settings.")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    ConfigurableApplicationContext server = ServerRole.start(ConfigFile.read(config));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    stopped.await();
    return 0;
  }
}
