package io.channelwise.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.probability.PurchaseModel.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurchaseFolderTest {
  private static final PurchaseModel.Settings QUICK = new PurchaseModel.Settings(2, 7);
  @TempDir Path folder;

  /** Every reading: skewed numbers, numbers around 0, codes, texts, missing cells. */
  private static BehaviourTable table(boolean interacting) {
    SplittableRandom random = new SplittableRandom(3);
    List<List<String>> cells = new ArrayList<>();
    List<Boolean> bought = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      double x = random.nextDouble() * 2 - 1;
      double y = random.nextDouble() * 2 - 1;
      double logOdds = interacting ? (x * y > 0 ? 2 : -2) : 3 * (x + y);
      bought.add(random.nextDouble() < Scorer.probability(logOdds));
      cells.add(
          Arrays.asList(
              Double.toString(x),
              Double.toString(y),
              Double.toString(Math.exp(4 * random.nextDouble()) - 1),
              Integer.toString(random.nextInt(7)),
              List.of("web", "应用", "shop").get(random.nextInt(3)),
              random.nextInt(10) == 0 ? null : Integer.toString(random.nextInt(1000))));
    }
    return BehaviourTable.of(List.of("x", "y", "skewed", "code", "site", "some"), cells, bought);
  }

  private static void shouldComeBackBitByBit(Kind kind, boolean interacting, Path folder) {
    BehaviourTable table = table(interacting);
    LearnedPurchases learned = LearnedPurchases.of(table, "site", QUICK);
    assertThat(learned.model().chosen()).isEqualTo(kind);

    PurchaseFolder.write(learned, "purchase-probability", folder);
    LearnedPurchases back = PurchaseFolder.read(folder);

    assertThat(back.model().probabilities(table))
        .containsExactly(learned.model().probabilities(table));
    assertThat(back.study()).isEqualTo(learned.study());
    assertThat(back.model().columns()).isEqualTo(learned.model().columns());
  }

  @Test
  void shouldGiveTheSameBits_whenStoredAndReadAgain() throws IOException {
    shouldComeBackBitByBit(Kind.LOGISTIC_REGRESSION, false, folder.resolve("linear"));
    shouldComeBackBitByBit(Kind.BOOSTED_TREES, true, folder.resolve("trees"));
    Path again = folder.resolve("again");
    PurchaseFolder.write(
        LearnedPurchases.of(table(true), "site", QUICK), "purchase-probability", again);
    for (String name : List.of("purchase-model.json", "metrics.json", "model-card.md")) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(folder.resolve("trees/" + name));
    }
    assertThat(Files.readString(again.resolve("model-card.md")))
        .contains("# purchase-probability", "| 应用 |", "| AUC |");
  }

  @Test
  void shouldAnswerRowsInTheirOrder() {
    PurchaseModel model = PurchaseModel.train(table(false), QUICK);
    Map<String, String> low = row("-0.9", "-0.8");
    Map<String, String> high = row("0.9", "0.8");

    double[] answers = model.probabilities(List.of(high, low, high));

    assertThat(answers[0]).isGreaterThan(0.5).isEqualTo(answers[2]);
    assertThat(answers[1]).isLessThan(0.5);
    assertThatThrownBy(() -> model.probabilities(List.of(low, Map.of("x", "1"))))
        .isInstanceOf(ProbabilityException.class)
        .hasMessageStartingWith("Row 2 has no column y, ")
        .hasMessageEndingWith("Bring every column, empty where unknown.");
  }

  private static Map<String, String> row(String x, String y) {
    return Map.of("X", x, "y", y, "skewed", "1", "code", "2", "site", "web", "some", "", "id", "9");
  }

  @Test
  void shouldRefuseAFileThatIsDamagedOrForeign() throws IOException {
    assertThatThrownBy(() -> PurchaseFolder.read(folder))
        .isInstanceOf(ProbabilityException.class)
        .hasMessageContaining("has no purchase-model.json");
    PurchaseFolder.write(LearnedPurchases.of(table(true), null, QUICK), "m", folder);
    Path file = folder.resolve(PurchaseFolder.MODEL);
    String whole = Files.readString(file);

    assertRefused(file, "", "is no purchase model of this release");
    assertRefused(file, "{}", "is no purchase model of this release");
    assertRefused(file, "null", "is no purchase model of this release");
    assertRefused(file, whole.substring(0, whole.length() / 2), "Save the model again");
    assertRefused(file, whole.replace("\"formatVersion\":1", "\"formatVersion\":2"), "2, ");
    assertRefused(
        file, whole.replace("channelwise-purchase-model", "other"), "its format is other");
    assertRefused(file, whole.replaceFirst("\"deviation\":[^}]+", "\"deviation\":0"), "a feature");
    assertRefused(file, whole.replaceFirst("\"feature\":\\[\\d+", "\"feature\":[4711"), "trees");
    assertRefused(file, whole.replaceFirst("\"value\":\\[", "\"value\":[1.0,"), "trees");
    assertRefused(
        file, whole.replaceFirst("\"column\":\"x\"", "\"column\":null"), "is no purchase");
    assertRefused(file, whole.replace("boosted-trees", "java.lang.Runtime"), "is no purchase");
    assertRefused(file, whole + "{}", "is no purchase model");
  }

  private static void assertRefused(Path file, String content, String sentence) throws IOException {
    Files.writeString(file, content);
    assertThatThrownBy(() -> PurchaseFolder.read(file.getParent()))
        .as(content.substring(0, Math.min(60, content.length())))
        .isInstanceOf(ProbabilityException.class)
        .hasMessageStartingWith("File " + file)
        .hasMessageContaining(sentence);
  }
}
