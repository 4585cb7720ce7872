package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.evaluation.EntityEvaluation;
import io.channelwise.bert.evaluation.Evaluation.Intervals;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.internal.report.Entities.Entity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected values are what seqeval (chakki-works/seqeval at cd01b52) returned for the same tags;
 * its own README's cases are named.
 */
class EntityScoresTest {

  /** The case of seqeval's README. */
  @Test
  void shouldPrintWhatSeqevalPrints_whenGivenItsOwnExample() {
    EntityEvaluation scores =
        scores(
            List.of("O O O B-MISC I-MISC I-MISC O", "B-PER I-PER O"),
            List.of("O O B-MISC I-MISC I-MISC I-MISC O", "B-PER I-PER O"));

    assertThat(scores.report())
        .isEqualTo(
            """
                          precision    recall  f1-score   support

                    MISC       0.00      0.00      0.00         1
                     PER       1.00      1.00      1.00         1

               micro avg       0.50      0.50      0.50         2
               macro avg       0.50      0.50      0.50         2
            weighted avg       0.50      0.50      0.50         2
            """);
    assertThat(scores.accuracy()).isEqualTo(0.8);
    assertThat(scores.words()).isEqualTo(10);
  }

  /** README: lenient mode finds B-NP I-NP in I-NP I-NP, strict mode would not. */
  @Test
  void shouldCountAnEntityWithoutItsBeginning_asConllevalDoes() {
    EntityEvaluation scores = scores(List.of("B-NP I-NP O"), List.of("I-NP I-NP O"));
    assertThat(scores.microF1()).isEqualTo(1);
    assertThat(scores.accuracy()).isEqualTo(2 / 3.0);
  }

  /** From seqeval's get_entities. */
  @ParameterizedTest
  @CsvSource({
    "I-PER I-LOC B-LOC I-LOC O I-LOC B-ORG I-PER,"
        + " PER 0 0|LOC 1 1|LOC 2 3|LOC 5 5|ORG 6 6|PER 7 7",
    "B-PER E-PER I-PER S-LOC I-LOC B I, PER 0 1|PER 2 2|LOC 3 3|LOC 4 4|_ 5 6",
    "S-PER S-PER B-LOC E-LOC E-LOC I-ORG, PER 0 0|PER 1 1|LOC 2 3|LOC 4 4|ORG 5 5",
    "B-A-B I-A-B I-A O B I, A-B 0 1|A 2 2|_ 4 5",
    "O O, ''"
  })
  void shouldFindTheEntitiesThatSeqevalFinds(String tags, String expected) {
    assertThat(
            Entities.of(List.of(tags.split(" "))).stream()
                .map(e -> e.kind() + " " + e.first() + " " + e.last()))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split("\\|"));
    assertThat(Entities.of(List.of())).isEmpty();
    assertThat(Entities.of(List.of("B-X"))).containsExactly(new Entity("X", 0, 0));
  }

  /** perl conlleval on the same tags: precision 86.67, recall 76.47, FB1 81.25. */
  @Test
  void shouldAgreeWithSeqevalAndConlleval_whenSentencesAreMixed() {
    EntityEvaluation scores =
        scores(
            List.of(
                "I-ORG O O I-ORG I-ORG I-ORG O",
                "B-LOC I-ORG O O O",
                "O I-LOC I-PER O B-PER O B-LOC O I-PER",
                "I-PER",
                "O I-LOC O O O B-PER",
                "B-LOC I-PER I-PER O I-PER B-ORG O I-LOC"),
            List.of(
                "I-ORG O O I-ORG I-ORG I-ORG O",
                "I-ORG I-ORG O O O",
                "O I-LOC I-PER O B-PER O B-LOC O I-PER",
                "I-PER",
                "O I-LOC O O O O",
                "B-LOC I-PER I-PER B-ORG I-PER B-ORG O O"));

    assertThat(scores.precision()).isEqualTo(0.8666666666666667, within(1e-12));
    assertThat(scores.recall()).isEqualTo(0.7647058823529411, within(1e-12));
    assertThat(scores.microF1()).isEqualTo(0.8125, within(1e-12));
    assertThat(scores.macroF1()).isEqualTo(0.7965811965811965, within(1e-12));
    assertThat(scores.weightedF1()).isEqualTo(0.8193061840120663, within(1e-12));
    assertThat(scores.accuracy()).isEqualTo(0.8888888888888888, within(1e-12));
    assertThat(scores.perClass()).extracting(c -> c.support()).containsExactly(6, 4, 7);
  }

  @Test
  void shouldAgreeWithSeqeval_onManyRandomTags() {
    EntityEvaluation scores = random();

    assertThat(scores.microF1()).isEqualTo(0.8033648790746583, within(1e-12));
    assertThat(scores.precision()).isEqualTo(0.8046340179041601, within(1e-12));
    assertThat(scores.recall()).isEqualTo(0.8020997375328084, within(1e-12));
    assertThat(scores.macroF1()).isEqualTo(0.8006044180907672, within(1e-12));
    assertThat(scores.weightedF1()).isEqualTo(0.8034178141839899, within(1e-12));
    assertThat(scores.accuracy()).isEqualTo(0.8072526606227828, within(1e-12));
  }

  /** √(p (1 - p) / words) is the deviation of a share of independent words. */
  @Test
  void shouldDrawSentencesForTheIntervals() {
    EntityEvaluation scores = random();
    Intervals intervals = scores.intervals();
    double deviation = Math.sqrt(scores.accuracy() * (1 - scores.accuracy()) / scores.words());
    assertThat(intervals.accuracy().high() - scores.accuracy())
        .isEqualTo(1.96 * deviation, within(0.35 * 1.96 * deviation));
    assertThat(intervals.microF1().low()).isLessThan(scores.microF1());
    assertThat(intervals.microF1().high()).isGreaterThan(scores.microF1());
    assertThat(intervals.macroF1().low()).isLessThan(intervals.macroF1().high());
    assertThat(random()).isEqualTo(scores);
    assertThat(scores(List.of("B-X O"), List.of("B-X O")).intervals().microF1())
        .isEqualTo(new Interval(1, 1));
  }

  @Test
  void shouldGiveZeros_whenThereIsNoEntityAtAll() {
    EntityEvaluation scores = scores(List.of("O O"), List.of("O O"));
    assertThat(scores.microF1()).isZero();
    assertThat(scores.macroF1()).isZero();
    assertThat(scores.perClass()).isEmpty();
    assertThat(scores.accuracy()).isEqualTo(1);
  }

  @Test
  void shouldNameTheSentence_whenSizesDiffer() {
    assertThatThrownBy(() -> scores(List.of("O", "O O"), List.of("O", "O")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Sentence 2 has 2 true tags and 1 answers");
    assertThatThrownBy(() -> scores(List.of("O", "O"), List.of("O")))
        .hasMessageContaining("true tags of 2 sentences and answers to 1");
  }

  /** Tags by a generator that Python repeats: x ← 1103515245 x + 12345 mod 2³¹. */
  private static EntityEvaluation random() {
    List<String> tags = new ArrayList<>(List.of("O", "O", "O", "O"));
    for (String mark : List.of("B", "I", "E", "S")) {
      List.of("PER", "LOC", "ORG").forEach(kind -> tags.add(mark + "-" + kind));
    }
    tags.addAll(List.of("B", "I"));
    Generator generator = new Generator();
    List<List<String>> truth = new ArrayList<>();
    List<List<String>> answer = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int words = 1 + generator.next(12);
      List<String> trueTags = new ArrayList<>();
      List<String> answerTags = new ArrayList<>();
      for (int w = 0; w < words; w++) {
        String tag = tags.get(generator.next(tags.size()));
        trueTags.add(tag);
        answerTags.add(generator.next(10) < 8 ? tag : tags.get(generator.next(tags.size())));
      }
      truth.add(trueTags);
      answer.add(answerTags);
    }
    return EntityScores.of(truth, answer);
  }

  private static final class Generator {
    private long state = 20;

    int next(int below) {
      state = (state * 1103515245L + 12345) % (1L << 31);
      return (int) ((state >> 16) % below);
    }
  }

  private static EntityEvaluation scores(List<String> truth, List<String> answer) {
    return EntityScores.of(split(truth), split(answer));
  }

  private static List<List<String>> split(List<String> sentences) {
    return sentences.stream().map(s -> List.of(s.split(" "))).toList();
  }
}
