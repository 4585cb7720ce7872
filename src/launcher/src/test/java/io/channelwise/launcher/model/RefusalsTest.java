package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What is refused before a model is loaded: those of these tests have no weights. */
class RefusalsTest {
  @TempDir Path folder;

  private record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void writeFiles() throws IOException {
    write("data.csv", "text,label\nMy bill is wrong,billing\n ,billing\nReset my key,access\n");
    model("model", "BertForSequenceClassification", "billing", "access");
    model("tagger", "BertForTokenClassification", "O", "B-LOC");
  }

  private void model(String name, String architecture, String first, String second)
      throws IOException {
    Files.createDirectory(folder.resolve(name));
    write(
        name + "/config.json",
        """
        {"model_type": "bert", "architectures": ["%s"], "vocab_size": 30, "hidden_size": 8,
         "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16,
         "max_position_embeddings": 32, "type_vocab_size": 2, "hidden_act": "gelu",
         "id2label": {"0": "%s", "1": "%s"}, "label2id": {"%s": 0, "%s": 1}}
        """
            .formatted(architecture, first, second, first, second));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slice-by=shop          | no column shop; found [text, label]",
        "--compare=FOLDER/none    | none",
        "--compare=FOLDER/tagger  | is of the task tokens; sequence was expected",
        "--json=FOLDER/no/x.json  | Option --json names FOLDER/no/x.json, but the folder FOLDER/no",
        "--json=FOLDER/tagger     | which is a folder; name a file",
        "--out=FOLDER/data.csv    | Option --out names FOLDER/data.csv, which is a file; name a folder"
      })
  void shouldRefuse_beforeAModelIsEvaluated(String option, String expected) {
    Outcome outcome =
        run(new EvaluateCommand(), "--model=FOLDER/model", "--data=FOLDER/data.csv", option);
    assertRefused(outcome, expected);
    assertThat(outcome.err()).doesNotContain("evaluation data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--explain=FOLDER/why.txt      | expected a name that ends in .html or .json, or a folder",
        "--explain=FOLDER/no/why.html  | the folder FOLDER/no does not exist",
        "--explain-limit=0             | expected 1 or more",
        "--text-column=body            | no column body"
      })
  void shouldRefuse_beforeTextsAreAnswered(String option, String expected) {
    assertRefused(
        run(new PredictCommand(), "--model=FOLDER/model", "--data=FOLDER/data.csv", option),
        expected);
  }

  @Test
  void shouldTellThatBlankRowsAreLeftOut_whenTextsAreAnswered() {
    Outcome outcome = run(new PredictCommand(), "--model=FOLDER/model", "--data=FOLDER/data.csv");
    assertThat(outcome.err())
        .contains("input data: 2 texts from " + folder + "/data.csv, 1 empty rows left out");
  }

  @Test
  void shouldRefuseTwoJudges() {
    for (ModelCommand command : List.of(new TrainCommand(), new SearchCommand())) {
      assertRefused(
          run(
              command,
              "--train=FOLDER/data.csv",
              "--eval=FOLDER/data.csv",
              "--held-out=0.5",
              "--out=FOLDER/x"),
          "Options --eval and --held-out both say what to judge by; leave one of them out.");
    }
    assertRefused(
        run(new TrainCommand(), "--train=FOLDER/data.csv", "--early-stopping=2", "--out=FOLDER/x"),
        "Option --early-stopping needs --eval or --held-out");
  }

  @Test
  void shouldGiveNoHint_whenTheRunIsRefused() throws IOException {
    write("few.csv", "text,label\n" + "a,x\nb,y\n".repeat(10));
    Outcome outcome =
        run(new TrainCommand(), "--train=FOLDER/few.csv", "--resume", "--out=FOLDER/x");
    assertRefused(outcome, "There is nothing to resume");
    assertThat(outcome.err()).doesNotContain("--few-shot");
  }

  @Test
  void shouldRefuseToCalibrateATagger_beforeItReadsData() {
    assertRefused(
        run(new CalibrateCommand(), "--model=FOLDER/tagger", "--data=FOLDER/none.csv"),
        "tags words; calibration is for models that give texts labels");
  }

  @Test
  void shouldRefuseAFolderForAFile() {
    assertRefused(
        run(new ExportOnnxCommand(), "--model=FOLDER/model", "--out=FOLDER/tagger"),
        "which is a folder; name a file");
    assertRefused(
        run(new EvaluateCommand(), "--model=FOLDER/model", "--data=FOLDER"),
        "is a folder; name a file in it");
  }

  @Test
  void shouldSayItInOneLine_whenJsonIsBroken() throws IOException {
    write("model/config.json", "{");
    assertRefused(run(new PredictCommand(), "--model=FOLDER/model", "--text=x"), "config.json");
  }

  static List<ModelCommand> commands() {
    return List.of(
        new TrainCommand(),
        new SearchCommand(),
        new DistillCommand(),
        new PruneCommand(),
        new EvaluateCommand(),
        new CalibrateCommand(),
        new PredictCommand(),
        new ImportModelCommand(),
        new MergeAdapterCommand(),
        new ExportOnnxCommand(),
        new BenchCommand());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldBeginHelpWithAWholeSentence_andNameEveryValue(ModelCommand command) {
    CommandLine line = new CommandLine(command);
    for (String part : line.getCommandSpec().usageMessage().description()) {
      assertThat(part).endsWith(".");
    }
    assertThat(line.getUsageMessage()).doesNotContain("<");
  }

  private void assertRefused(Outcome outcome, String expected) {
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().toList())
        .last()
        .asString()
        .startsWith("channelwise ")
        .contains(expected.replace("FOLDER", folder.toString()));
  }

  private Outcome run(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> here = new ArrayList<>();
    for (String argument : arguments) {
      here.add(argument.replace("FOLDER", folder.toString()));
    }
    int exit = line.execute(here.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }
}
