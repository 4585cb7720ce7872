package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ModelCommandsTest {
  @TempDir Path folder;

  @BeforeAll
  static void keepTheHomeFolderClean() {
    System.setProperty("channelwise.base-models", "target/base-models");
  }

  private record Outcome(int exit, String out, String err) {}

  @Test
  void shouldTrainEvaluateAndPredict_whenGivenCsvFiles() throws IOException {
    Path data = write("data.csv", tickets() + ",access\n\n");
    Path out = folder.resolve("model");

    Outcome train =
        run(
            new TrainCommand(),
            "--task=sequence",
            "--base=minilm",
            "--train=" + data,
            "--eval=" + data,
            "--text-column=ticket",
            "--label-column=intent",
            "--epochs=6",
            "--batch-size=8",
            "--learning-rate=3e-4",
            "--class-weights=balanced",
            "--label-smoothing=0.05",
            "--max-length=16",
            "--out=" + out);

    assertThat(train.exit()).as(train.err()).isZero();
    assertThat(train.err()).contains("training data: 16 texts").contains("1 empty rows left out");
    assertThat(train.err()).contains("epoch 6 of 6: loss");
    assertThat(train.out()).contains("accuracy 1.0000").contains("texts were longer than 16");
    assertThat(folder.resolve("model.work")).doesNotExist();
    assertThat(out.resolve("model-card.md"))
        .content()
        .contains("| label smoothing | 0.05 |", "| balanced classes | true |");

    Path json = folder.resolve("scores.json");
    Outcome evaluate =
        run(
            new EvaluateCommand(),
            "--model=" + out,
            "--data=" + data,
            "--text-column=ticket",
            "--label-column=intent",
            "--json=" + json,
            "--compare=" + out,
            "--slice-by=intent",
            "--update-card",
            "--out=" + folder.resolve("pictures"));
    assertThat(evaluate.exit()).as(evaluate.err()).isZero();
    assertThat(evaluate.out()).contains("macro avg").contains("confusion matrix");
    assertThat(evaluate.out()).contains("accuracy         1.0000 (95 % interval 1.0000 to 1.0000)");
    assertThat(folder.resolve("pictures/confusion.csv"))
        .hasContent("true class,access,billing\naccess,8,0\nbilling,0,8\n");
    assertThat(folder.resolve("pictures/errors.csv")).hasContent("score,answer,truth,text\n");
    assertThat(folder.resolve("pictures/reliability.svg")).exists();
    assertThat(folder.resolve("pictures/slices.csv"))
        .content()
        .contains("intent,billing,8,1.0000,1.0000,1.0000,1.0000,1.0000,false");
    assertThat(evaluate.out()).contains("No part is shown to be worse than the others");
    assertThat(out.resolve("model-card.md")).content().contains("| intent | billing | 8 |");
    assertThat(new ObjectMapper().readTree(json.toFile()).path("accuracy").asDouble()).isEqualTo(1);

    assertThat(evaluate.out()).contains("do not show that one model is better: on 16 texts");
    assertThat(new ObjectMapper().readTree(json.toFile()).at("/comparison/p_value").asDouble())
        .isEqualTo(1);

    Outcome predict =
        run(
            new PredictCommand(),
            "--model=" + out,
            "--text=the invoice \"42\" is wrong",
            "--text=重置密码 password",
            "--explain=" + folder.resolve("why"),
            "--explain-limit=1");
    assertThat(predict.err()).contains("1 answers to 1 of 2 inputs explained in");
    assertThat(folder.resolve("why/explanations.html")).content().contains(">invoice</mark>");
    List<String> lines = predict.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("text").asText()).isEqualTo("the invoice \"42\" is wrong");
    assertThat(first.path("label").asText()).isEqualTo("billing");
    assertThat(first.path("score").asDouble()).isBetween(0.5, 1.0);
    assertThat(lines.get(1)).contains("\"text\":\"重置密码 password\"");
    shouldNameUnknownLabels_whenEvaluatedOnOthers(out);
    shouldUseTheStoredTemperature_whenCalibrated(out, first.path("score").asDouble());
  }

  @Test
  void shouldTagWords_whenGivenConllFiles() throws IOException {
    Path data =
        write("data.conll", "# a comment\nDoes\tO\nAnn\tB-PER\nLee\tI-PER\npay\tO\n\n".repeat(8));
    Path out = folder.resolve("tagger");

    Outcome train =
        run(
            new TrainCommand(),
            "--task=tokens",
            "--train=" + data,
            "--eval=" + data,
            "--epochs=8",
            "--batch-size=8",
            "--learning-rate=1e-3",
            "--label-sub-words=all",
            "--out=" + out);
    assertThat(train.exit()).as(train.err()).isZero();
    assertThat(train.err()).contains("training data: 8 sentences");
    assertThat(train.out()).contains("entity F1 1.0000 (precision 1.0000, recall 1.0000) on 8");

    Outcome evaluate = run(new EvaluateCommand(), "--model=" + out, "--data=" + data);
    assertThat(evaluate.exit()).as(evaluate.err()).isZero();
    assertThat(evaluate.out()).contains("PER").contains("micro avg");

    Outcome predict = run(new PredictCommand(), "--model=" + out, "--text=Does Ann Lee pay?");
    JsonNode line = new ObjectMapper().readTree(predict.out());
    assertThat(line.path("words").toString()).isEqualTo("[\"Does\",\"Ann\",\"Lee\",\"pay\",\"?\"]");
    assertThat(line.at("/entities/0/text").asText()).isEqualTo("Ann Lee");
    assertThat(line.at("/entities/0/kind").asText()).isEqualTo("PER");

    Path ragged = write("ragged.conll", "Ann\tB-PER\nLee\n");
    Outcome bad = run(new EvaluateCommand(), "--model=" + out, "--data=" + ragged);
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(bad.err()).contains("line 2 has 1 columns; its first word has 2");
    assertThat(run(new TrainCommand(), "--task=tags", "--train=" + data, "--out=" + out).err())
        .contains("Task tags is unknown; expected sequence, pair, multi-label, tokens.");
  }

  private void shouldUseTheStoredTemperature_whenCalibrated(Path model, double scoreBefore)
      throws IOException {
    // Half of the labels are wrong: no answer deserves more than 0.5, and none 0.9.
    StringBuilder rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 40; i++) {
      rows.append("The invoice is wrong,").append(i % 4 < 2 ? "billing\n" : "access\n");
    }
    Path data = write("held-out.csv", rows.toString());
    String[] arguments = {"--model=" + model, "--data=" + data};

    assertThat(run(new CalibrateCommand(), arguments[0], arguments[1], "--precision=0.9").err())
        .contains("No threshold gives precision 0.9000 on these 40 texts");
    assertThat(model.resolve("calibration.json")).doesNotExist();
    Outcome outcome = run(new CalibrateCommand(), arguments);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("fitted on 40 texts").contains("before,");

    Outcome predict =
        run(
            new PredictCommand(),
            "--model=" + model,
            "--text=the invoice \"42\" is wrong",
            "--reject-below=0.95");
    JsonNode line = new ObjectMapper().readTree(predict.out());
    assertThat(line.path("score").asDouble()).isBetween(0.5, scoreBefore - 0.05);
    assertThat(line.path("rejected").asBoolean()).isTrue();
    assertThat(run(new EvaluateCommand(), arguments).out()).contains("with the stored temperature");
    assertThat(run(new PredictCommand(), arguments[0], "--text=x", "--reject-below=7").exit())
        .isEqualTo(2);
  }

  private void shouldNameUnknownLabels_whenEvaluatedOnOthers(Path model) throws IOException {
    Path other = write("other.csv", "text,label\nIt rains,weather\n");
    Outcome outcome = run(new EvaluateCommand(), "--model=" + model, "--data=" + other);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("{weather=1}").contains("[access, billing]");
  }

  @Test
  void shouldListTheColumns_whenOneIsMissing() throws IOException {
    Path data = write("data.csv", tickets());
    Outcome outcome =
        run(new TrainCommand(), "--train=" + data, "--out=" + folder.resolve("model"));

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("channelwise train: File")
        .contains("no column text; found [ticket, intent]")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs=0",
        "--learning-rate=-1",
        "--device=tpu",
        "--warmup=7",
        "--label-smoothing=1",
        "--class-weights=heavy",
        "--base=no-such-model",
        "--accumulate=0",
        "--decay=square",
        "--precision=fp8",
        "--freeze=0",
        "--lora-rank=-1",
        "--early-stopping=2",
        "--resume",
        "--train=none.csv",
        "--epochs=many",
        "--task=summary"
      })
  void shouldExitWith2_whenAnOptionIsWrong(String option) throws IOException {
    Path data = write("data.csv", tickets());
    Path out = folder.resolve("model");
    CommandLine command = new CommandLine(new TrainCommand());
    command.setOverwrittenOptionsAllowed(true);
    Outcome outcome =
        run(
            command,
            "--train=" + data,
            "--text-column=ticket",
            "--label-column=intent",
            "--out=" + out,
            option);

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).isNotBlank().doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  @Test
  void shouldExitWith2_whenThereIsOneClassOnly() throws IOException {
    Path data = write("one.csv", "text,label\n" + "hello there,greeting\n".repeat(20));
    Outcome outcome =
        run(new TrainCommand(), "--train=" + data, "--out=" + folder.resolve("model"));
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("1 classes (greeting)");
  }

  @Test
  void shouldSayThatClassesAreUneven_beforeItTrains() throws IOException {
    String rows = "hello there,greeting\n".repeat(20) + "where is it,question\n".repeat(2);
    Path data = write("uneven.csv", "text,label\n" + rows);
    // The folder holds data: the run ends before it trains, after the remark.
    Outcome outcome = run(new TrainCommand(), "--train=" + data, "--out=" + folder);
    assertThat(outcome.err())
        .contains("the classes are uneven: 20 texts of greeting, 2 of question;");
    assertThat(
            run(
                    new TrainCommand(),
                    "--train=" + data,
                    "--out=" + folder,
                    "--class-weights=balanced")
                .err())
        .doesNotContain("the classes are uneven");
  }

  @Test
  void shouldKeepTheFolder_whenOutHoldsSomethingElse() throws IOException {
    Path data = write("data.csv", tickets());
    Outcome outcome =
        run(
            new TrainCommand(),
            "--train=" + data,
            "--text-column=ticket",
            "--label-column=intent",
            "--out=" + folder);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("holds data.csv");
    assertThat(data).exists();
  }

  @Test
  void shouldImportByNameAndRefuseUnclearRequests() {
    Path out = folder.resolve("base");
    assertThat(run(new ImportModelCommand(), "minilm", "--out=" + out).exit()).isZero();
    assertThat(out.resolve("tokenizer.json")).exists();
    assertThat(run(new ImportModelCommand(), "--out=" + out).exit()).isEqualTo(2);
    assertThat(run(new ImportModelCommand(), "minilm", "--onnx=x", "--out=" + out).exit())
        .isEqualTo(2);
    assertThat(run(new ImportModelCommand(), "maxilm", "--out=" + out).err())
        .contains("bge-small-zh, minilm");

    Outcome bare = run(new PredictCommand(), "--model=" + out, "--text=x");
    assertThat(bare.exit()).isEqualTo(2);
    assertThat(bare.err()).contains("it is a bare encoder");
    assertThat(run(new PredictCommand(), "--model=" + out).err()).contains("give --text");
    assertThat(run(new PredictCommand(), "--model=" + folder, "--text=x").err())
        .contains("has no config.json");
  }

  @Test
  void shouldExportAModelAsOnnx_andSayWhatItWrote() {
    Path base = folder.resolve("base");
    assertThat(run(new ImportModelCommand(), "minilm", "--out=" + base).exit()).isZero();
    Path file = folder.resolve("base.onnx");

    Outcome export = run(new ExportOnnxCommand(), "--model=" + base, "--out=" + file, "--int8");

    assertThat(export.exit()).as(export.err()).isZero();
    assertThat(export.out()).contains(file + " written: ", "8-bit weights, opset 17");
    assertThat(file).isNotEmptyFile();
    Outcome misplaced =
        run(new ExportOnnxCommand(), "--model=" + base, "--out=" + folder.resolve("no/x.onnx"));
    assertThat(misplaced.exit()).isEqualTo(2);
    assertThat(misplaced.err()).contains("does not exist; create it, or name another file.");
    Outcome pointless =
        run(new ExportOnnxCommand(), "--model=" + base, "--out=" + file, "--data=" + file);
    assertThat(pointless.err()).contains("give --int8 too");
  }

  private static String tickets() {
    StringBuilder rows = new StringBuilder("ticket,intent\n");
    for (String thing : List.of("invoice", "bill", "charge", "payment")) {
      rows.append("My ").append(thing).append(" is wrong,billing\n");
      rows.append("Please explain the ").append(thing).append(",billing\n");
    }
    for (String thing : List.of("password", "API key", "login", "account and all that is in it")) {
      rows.append("I cannot use my ").append(thing).append(",access\n");
      rows.append("How do I reset the ")
          .append(thing)
          .append(thing.length() > 9 ? " without losing a single thing of it" : "")
          .append(",access\n");
    }
    return rows.toString();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Outcome run(Object command, String... arguments) {
    return run(new CommandLine(command), arguments);
  }

  private static Outcome run(CommandLine command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = command.execute(arguments);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
