package io.channelwise.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms follow one pattern and write the variables that REST clients may count on. */
class FormsTest {

  private static final Pattern LABEL = Pattern.compile("<(label|legend|option|th)[^>]*>([^<]+)<");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  static Stream<String> forms() {
    return Models.names(".html").stream();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldShowTheBriefing(String name) {
    assertThat(read(name))
        .containsOnlyOnce("<form ")
        .contains("class=\"cw-briefing\"", "cwForm(camForm, {")
        .contains("<script cam-script type=\"text/form-script\">");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldSpeakEnglishAndChinese(String name) {
    List<String> oneLanguage =
        LABEL
            .matcher(read(name))
            .results()
            .map(MatchResult::group)
            .filter(label -> !CHINESE.matcher(label).find())
            .toList();
    assertThat(oneLanguage).as("labels of %s in one language", name).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "fix-campaign-data.html,fixOutcome fixComment",
    "decide-on-another-cycle.html,anotherCycle cycleComment",
    "approve-target-market.html,marketOutcome targetMarket excludedMarkets opportunityWeights"
        + " marketComment",
    "approve-shortlist.html,shortlistOutcome shortlist shortlistComment",
    "approve-contract.html,contractOutcome contractComment",
    "negotiate-by-hand.html,handOutcome agreedRevenueShare agreedFixedFee handComment",
    "choose-business-model.html,planOutcome planId planComment",
    "approve-materials.html,materialsOutcome rejectedMaterials materialsComment",
    "approve-budget.html,budgetOutcome promotionBudget budgetComment",
    "handle-sentiment-surge.html,surgeAction surgeComment",
    "answer-ticket.html,answer correctedIntent correctedSentiment",
    "plan-improvements.html,improvementsOutcome chosenImprovements improvementsComment",
    "approve-release.html,releaseOutcome releaseComment epochs learningRate"
  })
  void shouldWriteTheVariablesOfItsTask(String name, String variables) {
    String form = read(name);
    assertThat(Arrays.asList(variables.split(" ")))
        .allMatch(
            variable ->
                form.contains("cam-variable-name=\"" + variable + "\"")
                    || form.contains("'" + variable + "'"));
  }

  @Test
  void shouldOfferTheLabelsOfTheCampaign_notThoseOfTheSample() {
    assertThat(read("answer-ticket.html"))
        .contains("list=\"intents\"", "'Intents in use'")
        .doesNotContain("technical-issue");
  }

  @Test
  void shouldCoverEveryForm() {
    assertThat(forms()).hasSize(13);
  }

  private static String read(String name) {
    try (InputStream in = Models.open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("Form " + name + " cannot be read.", e);
    }
  }
}
