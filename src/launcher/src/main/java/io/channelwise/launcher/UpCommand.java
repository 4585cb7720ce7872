package io.channelwise.launcher;

import io.channelwise.launcher.local.DataFolder;
import io.channelwise.launcher.local.LocalStack;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: everything on one machine, until stopped. */
@Command(
    name = "up",
    description = "Runs everything on this machine until stopped; data is kept in a folder.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder that keeps everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port on 127.0.0.1; 0 picks a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Ports.check(port);
    DataFolder folder = DataFolder.open(data);
    boolean first = !Files.exists(folder.adminPasswordFile());
    out.println("Starting; this takes about half a minute …");
    out.flush();
    CountDownLatch stopped = new CountDownLatch(1);
    LocalStack stack = LocalStack.start(folder, port);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stack.close();
                  folder.close();
                  stopped.countDown();
                },
                "stop"));
    out.println(Addresses.of(stack.base()));
    out.println(
        first
            ? "Sign in as admin, password %s (kept in %s)"
                .formatted(folder.adminPassword(), folder.adminPasswordFile())
            : "Sign in as admin; the password is in " + folder.adminPasswordFile());
    out.println("Logs: " + folder.root().resolve("logs") + ". Stop with Ctrl-C.");
    out.flush();
    stopped.await();
    return 0;
  }
}
