package io.channelwise.bert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.internal.report.MultiLabelScores;
import io.channelwise.bert.internal.report.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class EvaluationFilesTest {
  private static final List<String> LABELS = List.of("<价格>", "a, \"b\" & c");

  @TempDir Path folder;

  private static Judgement judgement() {
    ClassEvaluation evaluation =
        Scores.of(
            LABELS,
            new int[] {0, 1, 1, 0},
            new double[][] {{0.7, 0.3}, {0.9, 0.1}, {0, 1}, {0, 1}});
    return new Judgement(
        evaluation,
        List.of(
            new Judgement.Answer("one", LABELS.get(0), LABELS.get(0), 0.7),
            new Judgement.Answer("two", LABELS.get(1), LABELS.get(0), 0.9),
            new Judgement.Answer("three", LABELS.get(1), LABELS.get(1), 1),
            new Judgement.Answer("four", LABELS.get(0), LABELS.get(1), 1)));
  }

  @Test
  void shouldWriteTablesThatSpreadsheetsRead() {
    EvaluationFiles.write(folder.resolve("new"), LABELS, judgement());

    assertThat(folder.resolve("new/confusion.csv"))
        .hasContent(
            """
            true class,<价格>,"a, ""b"" & c"
            <价格>,1,1
            "a, ""b"" & c",1,1
            """);
    assertThat(folder.resolve("new/errors.csv"))
        .hasContent(
            """
            score,answer,truth,text
            1.0000,"a, ""b"" & c",<价格>,four
            0.9000,<价格>,"a, ""b"" & c",two
            """);
  }

  @Test
  void shouldWriteTheScoresOfParts() {
    Slices slices = Slices.of(judgement(), Map.of("shop", List.of("a", "a", "b", "b")));
    EvaluationFiles.write(folder, slices);
    assertThat(folder.resolve("slices.csv"))
        .content()
        .startsWith("column,part,examples,accuracy,low,high,others,p,worse\ntext length,")
        .contains("shop,a,2,0.5000,0.0000,1.0000,0.5000,1.0000,false");
  }

  @Test
  void shouldDrawWellFormedPictures_whateverTheLabels() throws Exception {
    EvaluationFiles.write(folder, LABELS, judgement());

    Document confusion = parse("confusion.svg");
    // The background and four cells; a caption, each label twice, four counts.
    assertThat(confusion.getElementsByTagName("rect").getLength()).isEqualTo(5);
    assertThat(confusion.getElementsByTagName("text").getLength()).isEqualTo(9);
    assertThat(confusion.getElementsByTagName("text").item(1).getTextContent()).isEqualTo("<价格>");
    Document reliability = parse("reliability.svg");
    // The background and the three ranges that hold an answer.
    assertThat(reliability.getElementsByTagName("rect").getLength()).isEqualTo(4);
    assertThat(folder.resolve("reliability.svg")).content().contains("on 4 texts<");
  }

  @Test
  void shouldCountDecisions_whereTextsHaveSeveralLabels() {
    MultiLabelEvaluation evaluation =
        MultiLabelScores.of(
            LABELS,
            new boolean[][] {{true, false}, {true, true}},
            new double[][] {{0.9, 0.2}, {0.8, 0.7}},
            0.5);
    EvaluationFiles.write(folder, LABELS, new Judgement(evaluation, List.of()));
    assertThat(folder.resolve("reliability.svg"))
        .content()
        .contains("on 4 decisions<", "numbers: decisions<")
        .doesNotContain("texts");
  }

  @Test
  void shouldGiveIntervalsAndBinsAsJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(judgement().evaluation().toJson());

    assertThat(json.at("/intervals/accuracy/low").asDouble()).isBetween(0.0, 0.5);
    assertThat(json.at("/intervals/level").asDouble()).isEqualTo(0.95);
    assertThat(json.at("/reliability")).hasSize(15);
    assertThat(json.at("/reliability/14/count").asInt()).isEqualTo(2);
    assertThat(json.at("/reliability/14/accuracy").asDouble()).isEqualTo(0.5);
  }

  private Document parse(String name) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve(name).toFile());
  }
}
