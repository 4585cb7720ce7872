package io.channelwise.launcher;

import io.channelwise.launcher.demo.Demo;
import io.channelwise.launcher.local.DataFolder;
import io.channelwise.launcher.local.LocalStack;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the sample campaign from start to end, told line by line. */
@Command(
    name = "demo",
    description = {
      "Plays the sample campaign on this machine from start to end.",
      "People, partners and customers are played over REST, a BERT is fine-tuned and released. Ends"
          + " with the report's path."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Folder that keeps everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port on 127.0.0.1; 0, the default, picks a free one.")
  private int port;

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      defaultValue = "en",
      description = "Language of the sample campaign (default: ${DEFAULT-VALUE}).")
  private String language;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      defaultValue = "2",
      description = "Cycles the lead wants, 1 to 5 (default: ${DEFAULT-VALUE}).")
  private int cycles;

  @Option(names = "--stay", description = "Leave everything running afterwards, until stopped.")
  private boolean stay;

  @Override
  public Integer call() throws Exception {
    Ports.check(port);
    if (cycles < 1 || cycles > 5) {
      throw new IllegalArgumentException("--cycles is %d; expected 1 to 5.".formatted(cycles));
    }
    PrintStream out = System.out;
    DataFolder folder = DataFolder.open(data);
    out.println("Starting on one machine; data in " + folder.root() + " …");
    LocalStack stack = LocalStack.start(folder, port);
    Thread stop =
        new Thread(
            () -> {
              stack.close();
              folder.close();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    out.println(Addresses.of(stack.base()));
    Path report = new Demo(folder, stack.base(), out, language, cycles).run();
    out.println("The report: " + report);
    if (stay) {
      out.println(
          "Still running at %s; sign in as admin with the password in %s, or as one of %s."
                  .formatted(
                      stack.base(),
                      folder.adminPasswordFile(),
                      folder.root().resolve("sample-users"))
              + " Stop with Ctrl-C.");
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
