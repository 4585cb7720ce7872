package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FewShotCommandTest {
  @TempDir Path folder;
  private Path data;

  @BeforeAll
  static void keepTheHomeFolderClean() {
    System.setProperty("channelwise.base-models", "target/base-models");
  }

  @BeforeEach
  void writeTickets() throws IOException {
    StringBuilder rows = new StringBuilder("text,label\n");
    for (String thing : List.of("invoice", "bill", "charge", "payment")) {
      rows.append("My ").append(thing).append(" is wrong,billing\n");
    }
    for (String thing : List.of("password", "API key", "login", "account")) {
      rows.append("I cannot use my ").append(thing).append(",access\n");
    }
    data = Files.writeString(folder.resolve("data.csv"), rows);
  }

  @Test
  void shouldSayWhatWasChosen_whenTrainedOnFewExamples() throws IOException {
    Path out = folder.resolve("model");
    StringWriter err = new StringWriter();
    StringWriter said = new StringWriter();

    int exit = run(said, err, "--train=" + data, "--eval=" + data, "--out=" + out, "--few-shot");

    assertThat(exit).as(err.toString()).isZero();
    assertThat(said.toString())
        .contains("Chosen by 3-fold cross-validation on the training data: the ")
        .contains("accuracy 1.0000, macro F1 1.0000 on 8 texts");
    assertThat(err.toString()).contains("epoch 3 of 12").doesNotContain("--few-shot");
    assertThat(folder.resolve("model.work")).doesNotExist();
    assertThat(
            new ObjectMapper()
                .readTree(out.resolve("metrics.json").toFile())
                .at("/few_shot/folds")
                .asInt())
        .isEqualTo(3);
    assertThat(out.resolve("model-card.md")).content().contains("| batch size | 64 |");
  }

  @Test
  void shouldHintAtIt_whenAClassIsSmall() {
    StringWriter err = new StringWriter();
    // The folder holds data: the run ends before it trains, after the hint.
    int exit = run(new StringWriter(), err, "--train=" + data, "--out=" + folder);

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .contains("the rarest class has 4 examples; --few-shot is made for fewer than 50");
  }

  @Test
  void shouldExitWith2_whenASettingIsNotFollowed() {
    StringWriter err = new StringWriter();
    Path out = folder.resolve("model");
    int exit =
        run(
            new StringWriter(),
            err,
            "--train=" + data,
            "--out=" + out,
            "--few-shot",
            "--label-smoothing=0.1");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .contains("Few-shot training does not know the setting label smoothing.")
        .doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  private static int run(StringWriter out, StringWriter err, String... arguments) {
    CommandLine command = new CommandLine(new TrainCommand());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(arguments);
  }
}
