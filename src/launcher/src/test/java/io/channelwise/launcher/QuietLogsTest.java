package io.channelwise.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command logs, in a process whose logging nobody has set up. */
class QuietLogsTest {
  @TempDir Path folder;

  public static void main(String[] arguments) {
    Channelwise.quietLogs();
    Logger log = LoggerFactory.getLogger("some.library");
    log.info("a remark");
    log.warn("a warning");
  }

  @Test
  void shouldWarnBesideTheResults() throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QuietLogsTest.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();

    assertThat(process.waitFor()).isZero();
    assertThat(out).isEmptyFile();
    assertThat(err).content().contains("a warning").doesNotContain("a remark");
  }
}
