package io.channelwise.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.launcher.local.DataFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees at the command line, in processes of their own. */
class CommandLineTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Everything a worker needs, of which nothing is there. */
  private static final Map<String, String> WORKER_SETTINGS =
      Map.of(
          "CHANNELWISE_ENGINEURL", "http://127.0.0.1:1/engine-rest",
          "CHANNELWISE_WORKERTOKEN", "0123456789abcdef",
          "CHANNELWISE_DOMAIN_JDBCURL", "jdbc:postgresql://127.0.0.1:1/channelwise",
          "CHANNELWISE_DOMAIN_USERNAME", "channelwise_app",
          "CHANNELWISE_DOMAIN_PASSWORD", "none",
          "CHANNELWISE_MODELSTORE", "models",
          "CHANNELWISE_LINKSECRET", "0123456789abcdef",
          "CHANNELWISE_BASEURL", "http://127.0.0.1:1");

  @TempDir Path folder;

  /** A command that has ended. */
  private record Ended(int code, String out, String err) {
    /** A user's mistake: exit code 2, a plain sentence, no trace of our insides. */
    Ended isMistake(String... parts) {
      assertThat(code).as(toString()).isEqualTo(2);
      assertThat(err).contains(parts);
      assertThat(err + out).doesNotContain("\tat ", "Exception", "Caused by");
      return this;
    }
  }

  @Test
  void shouldShowItsCommands() throws Exception {
    Ended help = run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("demo", "up", "serve", "work", "start", "sample", "replay")
        .contains("train", "evaluate", "predict", "import-model");
    run().isMistake("Missing required subcommand", "Usage: channelwise");
    run("sell").isMistake("Unmatched argument", "sell");
    Ended wrong = run("train", "--epochs", "many", "--train", "a.csv", "--out", "model");
    wrong.isMistake("channelwise train: Invalid value for option '--epochs': 'many' is not an int");
    assertThat(wrong.err()).endsWith("; see channelwise train --help.\n").hasLineCount(1);
    run("train", "--train", "a.csv", "--out", "model", "--epoch", "2")
        .isMistake("'--epoch'", "--epochs");
  }

  @Test
  void shouldSayWhichPytorchIsWrong_withoutResultsOrTraces() throws Exception {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(
        model.resolve("config.json"),
        """
        {"model_type": "bert", "architectures": ["BertForSequenceClassification"],
         "vocab_size": 6, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
         "intermediate_size": 16, "max_position_embeddings": 32, "type_vocab_size": 2,
         "hidden_act": "gelu", "id2label": {"0": "a", "1": "b"}, "label2id": {"a": 0, "b": 1}}
        """);
    Files.writeString(model.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\n");

    Ended ended =
        run(
            Map.of("PYTORCH_LIBRARY_PATH", folder.toString(), "PYTORCH_FLAVOR", "cu128"),
            "predict",
            "--model",
            model.toString(),
            "--text",
            "hello");

    ended.isMistake(
        "channelwise predict: PyTorch cannot be loaded from " + folder + ": there is no libtorch",
        "PYTORCH_FLAVOR=cu128, PYTORCH_VERSION=not set");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "up", "serve", "work", "start", "sample", "replay"})
  void shouldExplainEachCommand(String command) throws Exception {
    Ended help = run(command, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: channelwise " + command);
    assertThat(help.err()).isBlank();
  }

  @Test
  void shouldRefuseWrongPorts() throws Exception {
    run("up", "--port", "99999").isMistake("--port is 99999", "1 to 65535");
    run("demo", "--port", "-1").isMistake("--port is -1", "1 to 65535");
    run("up", "--port", "many").isMistake("--port", "many");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldRefuseADataFolderInUse() throws Exception {
    Path data = folder.resolve("data");
    try (DataFolder held = DataFolder.open(data)) {
      String pid = Long.toString(ProcessHandle.current().pid());
      run("up", "--data", data.toString(), "--port", "0").isMistake(held.root().toString(), pid);
      run("demo", "--data", data.toString()).isMistake("is in use by process " + pid);
    }
    Path file = Files.writeString(folder.resolve("file"), "x");
    run("up", "--data", file.toString()).isMistake("is a file; --data needs a folder");
  }

  @Test
  void shouldNameWhatAWorkerLacks() throws Exception {
    run("work").isMistake("--topics");
    Ended ended = run("work", "--topics", "growth");
    ended.isMistake("channelwise.engine-url", "channelwise.domain.jdbc-url");
    assertThat(ended.err().strip().lines()).as(ended.err()).hasSizeLessThanOrEqualTo(2);
    run("work", "--topics", "growth", "--config", "none.properties").isMistake("none.properties");
  }

  @Test
  void shouldNameTheTopicsThereAre_whenOneIsUnknown() throws Exception {
    run(WORKER_SETTINGS, "work", "--topics", "deal.send,deal.dream")
        .isMistake("'deal.dream'", "deal.send", "bert.fine-tune", "ticket.classify", "growth");
  }

  @Test
  void shouldNameWhatTheServerLacks() throws Exception {
    run("serve")
        .isMistake(
            "channelwise.engine.jdbc-url",
            "channelwise.domain.jdbc-url",
            "channelwise.worker-token",
            "channelwise.link-secret");
  }

  @Test
  void shouldRefuseToStartWithoutFiles() throws Exception {
    run("start").isMistake("FILE.json");
    run("start", "none.json").isMistake("FILE.json is none.json, which is not there");
    Path campaign = Files.writeString(folder.resolve("campaign.json"), "{}");
    run("start", campaign.toString()).isMistake("--password-file");
    Path password = Files.writeString(folder.resolve("password"), "guess");
    run(
            "start",
            campaign.toString(),
            "--password-file",
            password.toString(),
            "--csv",
            folder.resolve("none").toString())
        .isMistake("--csv", "which is no folder");
    run(
            "start",
            campaign.toString(),
            "--password-file",
            password.toString(),
            "--server",
            "http://127.0.0.1:1")
        .isMistake("http://127.0.0.1:1");
  }

  @Test
  @ExtendWith(JourneyOnce.class)
  void shouldTellWhyTheServerRefusesACampaign(Journey journey) throws Exception {
    String server = journey.processes().base().toString();
    Path wrong = Files.writeString(folder.resolve("password"), "guess");
    String campaign =
        Files.writeString(
                folder.resolve("campaign.json"),
                """
                {"key": "from-the-shell", "name": "n", "company": "c", "product": "p",
                 "promotionBudget": 1, "currency": "CNY", "locale": "en"}
                """)
            .toString();
    run("start", campaign, "--server", server, "--password-file", wrong.toString())
        .isMistake("admin", "password");

    Files.writeString(
        folder.resolve("survey.csv"), "market,respondent,need\nretail,a,yes\nretail,b,perhaps\n");
    Path right = journey.folder().adminPasswordFile();
    Rest admin = Rest.as(journey.processes().base(), "admin", Files.readString(right).strip());
    Await.until(
        "the server lets the user in again after the wrong password",
        Duration.ofMinutes(1),
        () -> admin.get("/api/campaigns").status() == 200);
    Ended refused = run("start", campaign, "--server", server, "--password-file", right.toString());
    refused.isMistake("survey.csv", "3", "need", "perhaps");
    assertThat(refused.err() + refused.out()).doesNotContain("{\"type\"");
    assertThat(journey.database().texts("select campaign_key from campaign"))
        .doesNotContain("from-the-shell");
  }

  private Ended run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.channelwise.launcher.Channelwise"));
    command.addAll(List.of(arguments));
    Path work = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-shell"));
    Path out = Files.createTempFile(work, "out", ".txt");
    Path err = Files.createTempFile(work, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(work.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CHANNELWISE_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(
            "channelwise %s did not end: %s%s".formatted(List.of(arguments), text(out), text(err)));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
