package io.channelwise.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Wrong settings stop the start; the message names key, value and what is expected. */
class ServerSettingsTest {
  @TempDir Path folder;

  @Test
  void shouldTakeMinimalSettings() {
    ServerSettings settings = bind(minimal());

    assertThat(settings.baseUrl()).hasToString("http://127.0.0.1:8080");
    assertThat(settings.inferenceUrl()).isEmpty();
    assertThat(settings.domainOwner()).isEqualTo(settings.domain());
  }

  @Test
  void shouldTakeAllSettings_andSecretsFromFiles() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "a-token-of-enough-characters\n");
    Map<String, Object> all = minimal();
    all.remove("channelwise.worker-token");
    all.put("channelwise.worker-token-file", token.toString());
    all.put("channelwise.domain.owner-username", "owner");
    all.put("channelwise.domain.owner-password", "owner-password");
    all.put("channelwise.base-url", "https://channelwise.example");
    all.put("channelwise.inference-url", "http://inference:9090");
    all.put("channelwise.inference-token", "inference-token-0123");

    ServerSettings settings = bind(all);

    assertThat(settings.workerToken()).isEqualTo("a-token-of-enough-characters");
    assertThat(settings.domainOwner().username()).isEqualTo("owner");
    assertThat(settings.toString())
        .doesNotContain("a-token", "owner-password", "inference-token-0123");
  }

  @Test
  void shouldNameEveryWrongSetting() {
    Map<String, Object> wrong = minimal();
    wrong.put("channelwise.engine.jdbc-url", "jdbc:h2:mem:x");
    wrong.put("channelwise.domain.pool-size", "1");
    wrong.put("channelwise.worker-token", "short");
    wrong.remove("channelwise.link-secret");
    wrong.put("channelwise.base-url", "channelwise");
    wrong.put("channelwise.admin-password-file", folder.resolve("missing").toString());

    assertThatThrownBy(() -> bind(wrong))
        .hasRootCauseInstanceOf(SettingsException.class)
        .rootCause()
        .hasMessageContainingAll(
            "channelwise.engine.jdbc-url is jdbc:h2:mem:x; expected",
            "channelwise.domain.pool-size is 1; expected a number from 2 to 200",
            "channelwise.worker-token has 5 characters; expected at least 16",
            "channelwise.link-secret is missing",
            "channelwise.base-url is channelwise; expected",
            "channelwise.admin-password-file names")
        .hasMessageNotContaining("short");
  }

  private static Map<String, Object> minimal() {
    Map<String, Object> settings =
        new HashMap<>(TestServer.settings("jdbc:postgresql://127.0.0.1:5432/x"));
    settings.remove("channelwise.admin-password");
    return settings;
  }

  private static ServerSettings bind(Map<String, Object> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("channelwise", ServerSettings.class)
        .get();
  }
}
