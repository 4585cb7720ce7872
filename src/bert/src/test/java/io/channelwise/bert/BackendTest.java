package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.internal.files.Pooling;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendTest {
  private static final List<String> TEXTS =
      List.of("where is my card", "refund", "", "退款", "the payment was declined twice ".repeat(20));

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "ONNX"})
  void shouldAnswerAsPyTorch_whenAnotherBackendIsEqual(Backend backend) {
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.CLS, 3);
    try (Classifier expected = Classifier.load(model, "cpu", 1);
        Classifier found = Classifier.load(model, "cpu", 1, backend)) {
      List<Prediction> answers = expected.predict(TEXTS);
      List<Prediction> others = found.predict(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(others.get(i).label()).isEqualTo(answers.get(i).label());
        assertThat(others.get(i).score()).isCloseTo(answers.get(i).score(), within(1e-4));
      }
    }
  }

  @Test
  void shouldTagAsPyTorch_inOnnxruntime() {
    Path model = TestModels.tiny(Task.TOKENS, Pooling.NONE, 3);
    List<List<String>> sentences = List.of(List.of("Ada", "met", "Grace"), List.of("London"));
    try (Tagger expected = Tagger.load(model, "cpu", 1);
        Tagger found = Tagger.load(model, "cpu", 1, Backend.ONNX)) {
      assertThat(found.tag(sentences))
          .usingRecursiveComparison()
          .withComparatorForType(
              (a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b), Double.class)
          .isEqualTo(expected.tag(sentences));
    }
  }

  @Test
  void shouldSayThatItIsClosed_whateverIsAsked() {
    Classifier model = Classifier.load(TestModels.tiny(Task.SEQUENCE, Pooling.CLS, 3), "cpu", 1);
    model.close();
    model.close();
    assertThatThrownBy(() -> model.countLong(TEXTS)).hasMessage("This model is closed.");
    assertThatThrownBy(() -> model.predict(TEXTS)).hasMessage("This model is closed.");
  }

  @Test
  void shouldRefuseAGpu_whenOnnxruntimeIsAskedFor() {
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.CLS, 3);
    assertThatThrownBy(() -> Classifier.load(model, "gpu", 0, Backend.ONNX))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("Backend onnx runs on the CPU");
  }

  @Test
  void shouldNameAllKeys_whenOneIsUnknown() {
    for (Backend backend : Backend.values()) {
      assertThat(Backend.of(backend.key())).isEqualTo(backend);
    }
    assertThatThrownBy(() -> Backend.of("tf"))
        .hasMessageContaining("Backend tf is unknown; expected auto, djl, onnx, onnx-int8.");
  }
}
