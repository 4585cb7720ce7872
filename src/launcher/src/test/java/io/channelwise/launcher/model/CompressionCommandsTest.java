package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CompressionCommandsTest {
  @TempDir Path folder;

  private record Outcome(int exit, String out, String err) {}

  @BeforeAll
  static void keepTheHomeFolderClean() {
    System.setProperty("channelwise.base-models", "target/base-models");
  }

  private Path data() throws IOException {
    StringBuilder rows = new StringBuilder("ticket,intent\n");
    for (String thing : List.of("invoice", "bill", "charge", "payment", "price")) {
      rows.append("My ").append(thing).append(" is wrong,billing\n");
      rows.append("Explain the ").append(thing).append(",billing\n");
    }
    for (String thing : List.of("password", "key", "login", "account", "token")) {
      rows.append("I cannot use my ").append(thing).append(",access\n");
      rows.append("Reset the ").append(thing).append(",access\n");
    }
    return Files.writeString(folder.resolve("data.csv"), rows.toString());
  }

  @Test
  void shouldSearchThenDistilThenPrune_whenGivenCsvFiles() throws IOException {
    Path data = data();
    String[] columns = {"--text-column=ticket", "--label-column=intent"};
    Path best = folder.resolve("best");
    Outcome search =
        run(
            new SearchCommand(),
            columns,
            "--train=" + data,
            "--method=halving",
            "--trials=3",
            "--epochs=2",
            "--range=learning-rate=2e-4..5e-4",
            "--budget=30m",
            "--out=" + best);
    assertThat(search.exit()).as(search.err()).isZero();
    assertThat(search.err())
        .contains("no --eval: 4 of the examples are held out")
        .contains("trial 1 of 3, to epoch 1 of 2");
    assertThat(search.out())
        .contains("./channelwise train --text-column ticket --label-column intent --train " + data)
        .contains(" --held-out 0.2 --out DIR --learning-rate ")
        .contains(" --epochs 2");
    assertThat(best.resolve("trials.csv")).exists();

    Path small = folder.resolve("small");
    Outcome distill =
        run(
            new DistillCommand(),
            columns,
            "--model=" + best,
            "--train=" + data,
            "--eval=" + data,
            "--layers=2",
            "--epochs=1",
            "--out=" + small);
    assertThat(distill.exit()).as(distill.err()).isZero();
    assertThat(distill.out()).contains("teacher ").contains("student, 2 layers").contains("[0, 5]");

    Path narrow = folder.resolve("narrow");
    Outcome prune =
        run(
            new PruneCommand(),
            columns,
            "--model=" + small,
            "--train=" + data,
            "--examples=4",
            "--amount=0.25,0.5",
            "--out=" + narrow);
    assertThat(prune.exit()).as(prune.err()).isZero();
    assertThat(prune.out()).contains("neurons-0.25").contains("no evaluation data");
    assertThat(narrow.resolve("neurons-0.5/config.json"))
        .content()
        .contains("\"intermediate_size\" : 768");
    Outcome predict =
        run(
            new PredictCommand(),
            new String[0],
            "--model=" + narrow.resolve("neurons-0.25"),
            "--text=My bill is wrong");
    assertThat(predict.out()).contains("\"label\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--method=grid",
        "--trials=0",
        "--budget=soon",
        "--budget=-5m",
        "--range=momentum=0..1",
        "--range=dropout=2",
        "--metric=loss",
        "--held-out=1",
        "--task=summary",
        "--resume",
        "--epochs=0"
      })
  void shouldExitWith2_whenAnOptionOfSearchIsWrong(String option) throws IOException {
    Outcome outcome =
        run(
            new SearchCommand(),
            new String[] {"--text-column=ticket", "--label-column=intent"},
            "--train=" + data(),
            "--out=" + folder.resolve("best"),
            option);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).isNotBlank().doesNotContain("\tat ");
    assertThat(folder.resolve("best")).doesNotExist();
  }

  @Test
  void shouldExitWith2_whenThereIsNothingToCompress() throws IOException {
    Path data = data();
    Outcome distill =
        run(
            new DistillCommand(),
            new String[0],
            "--model=" + folder,
            "--train=" + data,
            "--layers=2",
            "--out=" + folder.resolve("x"));
    assertThat(distill.exit()).isEqualTo(2);
    assertThat(distill.err()).contains("has no config.json");
    Outcome prune =
        run(
            new PruneCommand(),
            new String[0],
            "--model=" + folder,
            "--kind=bones",
            "--out=" + folder.resolve("x"));
    assertThat(prune.exit()).isEqualTo(2);
  }

  private static Outcome run(Object command, String[] first, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setOverwrittenOptionsAllowed(true);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of(first));
    arguments.addAll(List.of(more));
    int exit = line.execute(arguments.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }
}
