package io.channelwise.bert.internal.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.explain.IntegratedGradients.Result;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.model.VocabularySubset;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntegratedGradientsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    Torch.enter();
    manager = Torch.manager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** numpy.polynomial.legendre.leggauss(5), moved from -1..1 to 0..1. */
  @Test
  void shouldPlaceThePointsWhereNumPyDoes() {
    Quadrature five = Quadrature.of(5);
    assertThat(five.points())
        .containsExactly(
            new double[] {
              0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.9530899229693319
            },
            within(1e-14));
    assertThat(five.weights())
        .containsExactly(
            new double[] {
              0.11846344252809454,
              0.23931433524968324,
              0.2844444444444444,
              0.23931433524968324,
              0.11846344252809454
            },
            within(1e-14));
    assertThat(Arrays.stream(Quadrature.of(256).weights()).sum()).isEqualTo(1, within(1e-12));
  }

  /** Of a linear score w·x each row's share is w·(x - baseline), whatever the way. */
  @Test
  void shouldGiveDifferenceTimesWeight_whenTheScoreIsLinear() {
    NDArray input = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
    NDArray baseline = manager.create(new float[] {0, 1, 1, 1, 5, 6}, new Shape(3, 2));
    NDArray weights = manager.create(new float[] {2, -1, 0.5f, 3, 7, 9}, new Shape(3, 2));

    Result result =
        IntegratedGradients.of(input, baseline, x -> x.mul(weights).sum(new int[] {1, 2}));

    // 2·1 - 1·1, 0.5·2 + 3·3, nothing where input and baseline are equal.
    assertThat(result.shares()).containsExactly(new double[] {1, 10, 0}, within(1e-5));
    assertThat(result.change()).isEqualTo(11, within(1e-5));
    assertThat(result.complete()).isTrue();
    assertThat(result.points()).isEqualTo(16);
  }

  /** The product of two inputs is shared equally from zero (as the paper's section 4 argues). */
  @Test
  void shouldShareAProductEqually_whenTheBaselineIsZero() {
    NDArray input = manager.create(new float[] {3, 4}, new Shape(2, 1));
    Result result =
        IntegratedGradients.of(
            input, manager.zeros(new Shape(2, 1)), x -> x.get(":, 0, 0").mul(x.get(":, 1, 0")));
    assertThat(result.shares()).containsExactly(new double[] {6, 6}, within(1e-5));
  }

  /** A kink is no polynomial: more points are needed, and taken. */
  @Test
  void shouldTakeMorePoints_whenTheScoreBends() {
    NDArray input = manager.create(new float[] {1, 0.5f}, new Shape(2, 1));
    NDArray baseline = manager.create(new float[] {-0.613f, -0.2f}, new Shape(2, 1));
    Result result =
        IntegratedGradients.of(
            input,
            baseline,
            x -> {
              NDArray sum = x.sum(new int[] {1, 2});
              return sum.maximum(0);
            });
    assertThat(result.complete()).isTrue();
    assertThat(result.points()).isGreaterThan(16);
    assertThat(DoubleStream.of(result.shares()).sum()).isEqualTo(1.5, within(0.0075));
  }

  @Test
  void shouldBeCompleteAndRepeatable_onABert() {
    Path base = TestModels.tiny();
    BertConfig config =
        BertConfig.read(base).withHead(Task.SEQUENCE, List.of("a", "b", "c"), Pooling.MEAN, 64);
    int[] text = {101, 2023, 2003, 1037, 3231, 2009, 2573, 102};
    VocabularySubset all = new VocabularySubset(config.vocabSize(), allIds(config.vocabSize()));
    try (Bert model = Bert.forTraining(base, config, all, 5, Torch.manager(Device.cpu()))) {
      model.weights().get("classifier.weight").muli(40);
      Result first = explain(model, text);
      Result second = explain(model, text);

      assertThat(Math.abs(first.gap())).isLessThan(1e-3);
      assertThat(Math.abs(first.change())).isGreaterThan(0.01);
      // The markers are the same in the baseline.
      assertThat(first.shares()[0]).isZero();
      assertThat(first.shares()[text.length - 1]).isZero();
      assertThat(second.shares()).isEqualTo(first.shares());
    }
  }

  private static List<TokenIds> allIds(int size) {
    int[] ids = new int[size];
    Arrays.setAll(ids, i -> i);
    return List.of(TokenIds.single(ids));
  }

  private Result explain(Bert model, int[] text) {
    int[] nothing = text.clone();
    Arrays.fill(nothing, 1, text.length - 1, 0);
    try (NDManager scope = Torch.manager(Device.cpu())) {
      NDArray input = model.words(new TokenBatch(scope, List.of(TokenIds.single(text)))).squeeze(0);
      NDArray baseline =
          model.words(new TokenBatch(scope, List.of(TokenIds.single(nothing)))).squeeze(0);
      return IntegratedGradients.of(
          input,
          baseline,
          words -> {
            int size = (int) words.getShape().get(0);
            TokenBatch batch =
                new TokenBatch(
                    words.getManager(), Collections.nCopies(size, TokenIds.single(text)));
            return model.logits(batch, words).get(":, 1");
          });
    }
  }
}
