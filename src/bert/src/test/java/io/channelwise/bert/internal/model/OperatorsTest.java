package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.Precision;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorsTest {
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

  @Test
  void shouldAgreeWithPlainOperators_whenThisPytorchHasTheFastOnes() {
    try (Operators fast = new TorchOperators(manager)) {
      assertThatCode(() -> OperatorCheck.compare(manager, fast, new PlainOperators()))
          .doesNotThrowAnyException();
    }
    assertThat(OperatorCheck.passed()).isTrue();
  }

  @Test
  void shouldSayWhatIsWrong_whenAnOperatorMeansSomethingElse() {
    Operators wrong = new WrongAttention();

    assertThatThrownBy(() -> OperatorCheck.compare(manager, wrong, new PlainOperators()))
        .hasMessageMatching("attention in fp32 gives -?[0-9.E-]+ where -?[0-9.E-]+ is right");
  }

  @Test
  void shouldUsePlainOperators_whenAskedTo() {
    System.setProperty(OperatorCheck.PROPERTY, "plain");
    try (Operators operators = Operators.of(manager)) {
      assertThat(operators).isInstanceOf(PlainOperators.class);
    } finally {
      System.clearProperty(OperatorCheck.PROPERTY);
    }
  }

  /** Query and key are orthogonal units, so the scores are 1 / √2 for the equal and 0 otherwise. */
  @Test
  void shouldGiveTheSoftmaxByHand_whenAttentionSeesTwoTokens() {
    Shape shape = new Shape(1, 1, 2, 2);
    NDArray units = manager.create(new float[] {1, 0, 0, 1}, shape);
    NDArray value = manager.create(new float[] {1, 2, 3, 4}, shape);
    double same = Math.exp(1 / Math.sqrt(2));
    double share = same / (same + 1);

    try (Operators fast = new TorchOperators(manager)) {
      float[] context = fast.attention(units, units, value, null, 0, Precision.FP32).toFloatArray();

      assertThat((double) context[0]).isEqualTo(share * 1 + (1 - share) * 3, within(1e-6));
      assertThat((double) context[3]).isEqualTo(share * 4 + (1 - share) * 2, within(1e-6));
    }
  }

  @Test
  void shouldDropTheShareAskedFor_whenSizeIsNoMultipleOfFour() {
    int size = 1_000_003;
    try (Operators fast = new TorchOperators(manager)) {
      for (float share : new float[] {0.1f, 0.5f, 0.9f}) {
        Torch.seed(11);
        float[] values = fast.drop(manager.ones(new Shape(size)), share).toFloatArray();
        int dropped = 0;
        int neighbours = 0;
        for (int i = 0; i < size; i++) {
          dropped += values[i] == 0 ? 1 : 0;
          neighbours += i > 0 && values[i] == 0 && values[i - 1] == 0 ? 1 : 0;
        }
        // Five standard deviations of a binomial distribution.
        double spread = 5 * Math.sqrt(share * (1 - share) / size);
        assertThat((double) dropped / size).isEqualTo(share, within(spread));
        double pairs = share * share;
        assertThat((double) neighbours / size)
            .isEqualTo(pairs, within(5 * 2 * Math.sqrt(pairs * (1 - pairs) / size)));
      }
    }
  }

  /** The four draws of one random number must not know of each other. */
  @Test
  void shouldDropIndependently_whenValuesShareARandomNumber() {
    int size = 1_000_000;
    float share = 0.25f;
    try (Operators fast = new TorchOperators(manager)) {
      Torch.seed(5);
      float[] values = fast.drop(manager.ones(new Shape(size)), share).toFloatArray();
      int quarter = size / 4;
      for (int distance = 1; distance < 4; distance++) {
        int both = 0;
        for (int i = 0; i < quarter; i++) {
          both += values[i] == 0 && values[i + distance * quarter] == 0 ? 1 : 0;
        }
        double pairs = share * share;
        assertThat((double) both / quarter)
            .isEqualTo(pairs, within(5 * Math.sqrt(pairs * (1 - pairs) / quarter)));
      }
    }
  }

  @Test
  void shouldDropTheSame_whenTheSeedIsTheSame() {
    NDArray ones = manager.ones(new Shape(1000));
    try (Operators fast = new TorchOperators(manager)) {
      Torch.seed(3);
      float[] first = fast.drop(ones, 0.1f).toFloatArray();
      Torch.seed(3);
      assertThat(fast.drop(ones, 0.1f).toFloatArray()).isEqualTo(first);
      Torch.seed(4);
      assertThat(fast.drop(ones, 0.1f).toFloatArray()).isNotEqualTo(first);
    }
  }

  /** bfloat16 keeps 8 bits: 1 + 1/256 becomes 1, 1 + 1/128 stays; the sum has 32 bits. */
  @Test
  void shouldRoundFactorsAndKeepGradients_whenLinearIsInBf16() {
    NDArray x = manager.create(new float[] {1 + 1 / 256f, 1 + 1 / 128f}, new Shape(1, 2));
    NDArray weight = manager.create(new float[] {1, 0, 0, 1}, new Shape(2, 2));
    NDArray bias = manager.zeros(new Shape(2));
    weight.setRequiresGradient(true);
    try (Operators fast = new TorchOperators(manager)) {
      float[] y = fast.linearInBf16(x, weight, bias).toFloatArray();
      assertThat(y).containsExactly(1, 1 + 1 / 128f);

      Torch.differentiate(() -> fast.linearInBf16(x, weight, bias).sum());
      assertThat(weight.getGradient().toFloatArray())
          .containsExactly(1, 1 + 1 / 128f, 1, 1 + 1 / 128f);
    }
  }

  /** As a PyTorch whose attention forgot the scale would answer. */
  private static final class WrongAttention implements Operators {
    private final Operators right = new PlainOperators();

    @Override
    public NDArray linearInBf16(NDArray x, NDArray weight, NDArray bias) {
      return right.linearInBf16(x, weight, bias);
    }

    @Override
    public NDArray drop(NDArray x, float probability) {
      return right.drop(x, probability);
    }

    @Override
    public NDArray attention(
        NDArray query,
        NDArray key,
        NDArray value,
        NDArray bias,
        float dropout,
        Precision precision) {
      return right.attention(query.mul(2), key, value, bias, dropout, precision);
    }

    @Override
    public Supplier<float[]> normAndLoss(List<NDArray> gradients, NDArray loss) {
      return right.normAndLoss(gradients, loss);
    }

    @Override
    public Runnable adamw(Update update) {
      return right.adamw(update);
    }

    @Override
    public void close() {}
  }
}
