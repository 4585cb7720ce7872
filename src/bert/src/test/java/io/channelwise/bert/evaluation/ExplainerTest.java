package io.channelwise.bert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.evaluation.Explanation.Word;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainerTest {
  private static final List<String> FILLERS =
      List.of("today", "please", "for me", "once more", "at home", "with it", "on Monday", "again");

  @TempDir Path folder;

  /** One word decides: the explanation must find it. */
  @Test
  void shouldNameTheWordThatDecides_onATextClassifier() {
    List<Example> examples = new ArrayList<>();
    for (String filler : FILLERS) {
      examples.add(new Example("the refund came " + filler, "money"));
      examples.add(new Example("the password came " + filler, "access"));
    }
    try (Explainer explainer = trained(Task.SEQUENCE, examples)) {
      List<String> text = List.of("The Password came today");
      Explanation explanation = explainer.explain(text).get(0);

      assertThat(explanation.label()).isEqualTo("access");
      assertThat(explanation.score()).isGreaterThan(0.5);
      assertThat(strongest(explanation)).isEqualTo("Password");
      shouldBeComplete(explanation);
      assertThat(explainer.explain(text).get(0)).isEqualTo(explanation);

      Explanation other = explainer.explain(text, "money");
      assertThat(other.score()).isEqualTo(1 - explanation.score(), within(1e-6));
      assertThat(other.words().get(1).share()).isNegative();
      Explanation strange = explainer.explain(List.of("a 🙂 Password,unbelievably 快!")).get(0);
      assertThat(strange.words().stream().map(strange::text))
          .containsExactly("a", "🙂", "Password", ",", "unbelievably", "快", "!");
      shouldBeComplete(strange);
      assertThatThrownBy(() -> explainer.explain(text, "weather"))
          .isInstanceOf(BertException.class)
          .hasMessageContaining("does not know the label weather; it knows [access, money]");
      assertThatThrownBy(() -> explainer.explainWord(text, 0)).hasMessageContaining("sequence");
      shouldShowWhatWasCut(explainer);
    }
  }

  private void shouldShowWhatWasCut(Explainer explainer) {
    String text = "password ".repeat(30).strip();
    Explanation explanation = explainer.explain(List.of(text)).get(0);
    // 16 tokens, two of them markers.
    assertThat(explanation.words()).hasSize(14);
    Path page = folder.resolve("cut.html");
    ExplanationFiles.write(page, List.of(explanation));
    assertThat(page).content().contains("<span class=\"unread\"> password password");
  }

  @Test
  void shouldExplainBothTexts_ofAPair() {
    List<Example> examples = new ArrayList<>();
    for (String filler : FILLERS) {
      examples.add(Example.pair("a shirt " + filler, "it was torn", "no"));
      examples.add(Example.pair("a shirt " + filler, "it was lovely", "yes"));
    }
    try (Explainer explainer = trained(Task.PAIR, examples)) {
      Explanation explanation = explainer.explain(List.of("A shirt", "It was TORN")).get(0);
      assertThat(explanation.label()).isEqualTo("no");
      assertThat(explanation.words()).extracting(Word::input).containsExactly(0, 0, 1, 1, 1);
      assertThat(strongest(explanation)).isEqualTo("TORN");
      shouldBeComplete(explanation);
      assertThatThrownBy(() -> explainer.explain(List.of("only one")))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("takes two texts");
    }
  }

  @Test
  void shouldExplainEachLabelThatIsGiven_whereThereAreSeveral() {
    List<Example> examples = new ArrayList<>();
    for (String filler : FILLERS) {
      examples.add(Example.multiLabel(List.of("cheap quick " + filler), List.of("price", "time")));
      examples.add(Example.multiLabel(List.of("cheap " + filler), List.of("price")));
      examples.add(Example.multiLabel(List.of("quick " + filler), List.of("time")));
      examples.add(Example.multiLabel(List.of("it came " + filler), List.of()));
    }
    try (Explainer explainer = trained(Task.MULTI_LABEL, examples)) {
      List<Explanation> both = explainer.explain(List.of("cheap quick today"));
      assertThat(both).extracting(Explanation::label).containsExactly("price", "time");
      assertThat(both).extracting(ExplainerTest::strongest).containsExactly("cheap", "quick");
      both.forEach(ExplainerTest::shouldBeComplete);
      // None is given: the likeliest is explained.
      assertThat(explainer.explain(List.of("it came again"))).hasSize(1);
    }
  }

  @Test
  void shouldExplainTheTagOfAWord() {
    List<Example> examples = new ArrayList<>();
    for (String filler : FILLERS) {
      List<String> rest = List.of(filler.split(" "));
      examples.add(tagged("Paris", "B-CITY", rest));
      examples.add(tagged("bread", "O", rest));
    }
    try (Explainer explainer = trained(Task.TOKENS, examples)) {
      List<String> words = List.of("we", "saw", "Paris", "today");
      List<Explanation> found = explainer.explain(words);
      assertThat(found).hasSize(1);
      assertThat(found.get(0).label()).isEqualTo("B-CITY");
      assertThat(found.get(0).about()).isEqualTo(2);
      assertThat(found.get(0).words()).hasSize(4);
      assertThat(strongest(found.get(0))).isEqualTo("Paris");
      shouldBeComplete(found.get(0));
      assertThat(explainer.explainWord(words, 0).label()).isEqualTo("O");
      shouldShowAllThatWasRead_whenASentenceHasSeveralWindows(explainer);
      assertThatThrownBy(() -> explainer.explainWord(words, 4))
          .hasMessageContaining("There is no word 4; the sentence has 4");
      assertThatThrownBy(() -> explainer.explain(words, "O")).hasMessageContaining("tags words");
    }
  }

  private void shouldShowAllThatWasRead_whenASentenceHasSeveralWindows(Explainer explainer) {
    List<String> words = new ArrayList<>(Collections.nCopies(20, "today"));
    words.set(12, "Paris");
    // 14 words fit beside the markers and three are shared: the second window reads words 11 to 19
    // and answers from word 12 on.
    Explanation explanation = explainer.explainWord(words, 12);
    assertThat(explanation.label()).isEqualTo("B-CITY");
    assertThat(explanation.words())
        .extracting(Word::input)
        .containsExactly(11, 12, 13, 14, 15, 16, 17, 18, 19);
    shouldBeComplete(explanation);
    assertThat(explainer.explainWord(words, 5).words()).hasSize(14);
  }

  private static Example tagged(String word, String tag, List<String> rest) {
    List<String> words = new ArrayList<>(List.of("we", "saw", word));
    List<String> tags = new ArrayList<>(List.of("O", "O", tag));
    words.addAll(rest);
    rest.forEach(r -> tags.add("O"));
    return Example.tagged(words, tags);
  }

  @Test
  void shouldWriteAPageWithoutScript_whateverTheText() throws IOException {
    Explanation explanation =
        new Explanation(
            List.of("<script>alert(\"快递\")</script> & so"),
            "<b>慢</b>",
            0.875,
            -1,
            List.of(new Word(0, 0, 8, 1.5), new Word(0, 15, 17, -0.5)),
            1.01,
            -0.01,
            false,
            1024);
    ExplanationFiles.write(folder.resolve("out"), List.of(explanation));

    String page = Files.readString(folder.resolve("out/explanations.html"));
    assertThat(page)
        .contains("&lt;script&gt;</mark>")
        .contains("&lt;b&gt;慢&lt;/b&gt;")
        .contains("87.5 %")
        .contains("rgba(27,110,194,0.75)")
        .contains("rgba(217,95,2,0.25)")
        .contains("The gap is over the tolerance")
        .doesNotContain("<script")
        .doesNotContain("http");
    JsonNode json =
        new ObjectMapper().readTree(folder.resolve("out/explanations.json").toFile()).get(0);
    assertThat(json.path("words").get(0).path("text").asText()).isEqualTo("<script>");
    assertThat(json.path("words").get(1).path("share").asDouble()).isEqualTo(-0.5);
    assertThat(json.path("change").asDouble()).isEqualTo(1.01);
    assertThat(json.has("about")).isFalse();
  }

  private static void shouldBeComplete(Explanation explanation) {
    double sum = explanation.words().stream().mapToDouble(Word::share).sum();
    double tolerance = Math.max(0.001, 0.005 * Math.abs(explanation.change()));
    assertThat(sum).isEqualTo(explanation.change(), within(tolerance));
    assertThat(explanation.complete()).isTrue();
    assertThat(Math.abs(explanation.change())).isGreaterThan(0.05);
  }

  private static String strongest(Explanation explanation) {
    return explanation.words().stream()
        .max(Comparator.comparingDouble(Word::share))
        .map(explanation::text)
        .orElseThrow();
  }

  private Explainer trained(Task task, List<Example> examples) {
    TrainingSettings settings =
        TrainingSettings.builder()
            .task(task)
            .base(TestModels.tiny().toString())
            .batchSize(8)
            .epochs(15)
            .learningRate(5e-3)
            .dropout(0)
            .maxLength(16)
            .threads(1)
            .device("cpu")
            .build();
    Path out = folder.resolve(task.key());
    FineTuner.train(
        settings, examples, List.of(), folder.resolve("work"), out, TrainingListener.NONE);
    return Explainer.load(out, "cpu", 1);
  }
}
