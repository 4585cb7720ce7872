package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The failures are PyTorch's own: more memory is asked of it than any machine has. */
class InferenceTest {

  private static List<TokenIds> texts(int count) {
    try (TextEncoder encoder = new TextEncoder(TestModels.tiny())) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        texts.add("it is slow" + " today".repeat(i % 7));
      }
      return encoder.encode(texts, 16).ids();
    }
  }

  private static void exhaustMemory() {
    try (NDManager manager = Torch.manager(Device.cpu())) {
      manager.zeros(new Shape(1L << 50));
    }
  }

  @Test
  void shouldAnswerAll_whenMemoryHoldsFewerThanABatch() {
    Torch.enter();
    List<TokenIds> texts = texts(45);
    List<Integer> sizes = new ArrayList<>();

    float[][] rows =
        Inference.rows(
            texts,
            Device.cpu(),
            () -> {},
            batch -> {
              int size = (int) batch.ids().getShape().get(0);
              sizes.add(size);
              if (size > 10) {
                exhaustMemory();
              }
              return batch.ids().toType(DataType.FLOAT32, true);
            },
            TokenIds::length);

    assertThat(sizes).startsWith(32, 16, 8, 8).endsWith(5).hasSize(2 + 6);
    for (int i = 0; i < texts.size(); i++) {
      int[] ids = texts.get(i).ids();
      assertThat(rows[i]).hasSize(ids.length);
      for (int k = 0; k < ids.length; k++) {
        assertThat(rows[i][k]).isEqualTo(ids[k]);
      }
    }
  }

  @Test
  void shouldSayWhatHelps_whenNotEvenOneTextFits() {
    Torch.enter();
    assertThatThrownBy(
            () ->
                Inference.rows(
                    texts(3),
                    Device.cpu(),
                    () -> {},
                    batch -> {
                      exhaustMemory();
                      return null;
                    },
                    TokenIds::length))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("does not hold the model at work on a single text of")
        .hasMessageContaining("Use device cpu");
  }

  @Test
  void shouldAskBeforeEveryBatch_andEndWithWhatItIsTold() {
    int[] asked = {0};
    Torch.enter();
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 2);
    BertConfig config = BertConfig.readClassifier(model);
    try (Bert bert = Bert.load(model, config, Torch.manager(Device.cpu()))) {
      assertThatThrownBy(
              () ->
                  Inference.embeddings(
                      bert,
                      texts(100),
                      Device.cpu(),
                      () -> {
                        asked[0]++;
                        if (asked[0] == 3) {
                          throw new IllegalStateException("stop");
                        }
                      }))
          .hasMessage("stop");
    }
    assertThat(asked[0]).isEqualTo(3);
  }

  @Test
  void shouldHoldNothing_whenAModelCannotBeLoaded() {
    NDManager manager = Torch.manager(Device.cpu());
    BertConfig config = BertConfig.read(TestModels.tiny());
    // The encoder alone has no head.
    BertConfig withHead =
        config.withHead(config.task(), List.of("a", "b"), config.pooling(), config.maxLength());
    assertThatThrownBy(() -> Bert.load(TestModels.tiny(), withHead, manager))
        .hasMessageContaining("missing");
    assertThat(manager.isOpen()).isFalse();
  }
}
