package io.channelwise.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bench.baseline.TfIdf.Units;
import io.channelwise.bert.Example;
import io.channelwise.bert.evaluation.Judgement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

  @Test
  void shouldLearnWordsThatTellClassesApart_andGuessWithoutKnownWords() {
    List<Example> train = new ArrayList<>();
    for (String thing : List.of("card", "transfer", "app", "account")) {
      train.add(new Example("my " + thing + " is broken again", "complaint"));
      train.add(new Example("the " + thing + " fails badly", "complaint"));
      train.add(new Example("love the new " + thing + " thanks", "praise"));
      train.add(new Example("great " + thing + " well done", "praise"));
    }

    LogisticRegression model = LogisticRegression.tuned(train, train, Units.WORDS, true);
    Judgement judgement =
        model.judge(
            List.of(
                new Example("this is broken and fails", "complaint"),
                new Example("thanks great work", "praise"),
                new Example("xyzzy", "praise")));

    assertThat(judgement.answers().get(0).right()).isTrue();
    assertThat(judgement.answers().get(1).right()).isTrue();
    assertThat(judgement.answers().get(2).score()).isEqualTo(0.5);
  }

  @Test
  void shouldFindTheRareClass_whenClassesWeighTheSame() {
    List<Example> train = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      train.add(new Example("nice dress number" + i + (i % 4 == 0 ? " return" : ""), "yes"));
    }
    for (int i = 0; i < 5; i++) {
      train.add(new Example("dress return number" + i, "no"));
    }
    List<Example> asked = List.of(new Example("dress return", "no"));

    Judgement plain = LogisticRegression.train(train, Units.WORDS, 1, false).judge(asked);
    Judgement balanced = LogisticRegression.train(train, Units.WORDS, 1, true).judge(asked);

    assertThat(plain.answers().get(0).right()).isFalse();
    assertThat(balanced.answers().get(0).right()).isTrue();
  }
}
