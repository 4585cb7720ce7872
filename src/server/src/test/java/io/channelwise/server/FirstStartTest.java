package io.channelwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees who starts the server with too little: in a JVM of its own. */
class FirstStartTest {
  @TempDir Path folder;

  @Test
  void shouldRefuseToStart_withoutAnAdministratorsPassword() throws Exception {
    try (HikariDataSource database = TestDatabase.empty()) {
      Map<String, Object> settings = TestServer.settings(database.getJdbcUrl());
      settings.remove("channelwise.admin-password");

      String output = startInVain(settings);

      assertThat(output)
          .contains("channelwise.admin-password is missing and there is no administrator yet")
          .doesNotContain("at io.channelwise");
    }
  }

  @Test
  void shouldRefuseToStart_withoutSettings() throws Exception {
    assertThat(startInVain(Map.of()))
        .contains(
            "- channelwise.engine.jdbc-url is missing", "- channelwise.worker-token is missing")
        .doesNotContain("at io.channelwise");
  }

  private String startInVain(Map<String, Object> settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServerApplication.class.getName());
    settings.forEach((key, value) -> command.add("--" + key + "=" + value));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
