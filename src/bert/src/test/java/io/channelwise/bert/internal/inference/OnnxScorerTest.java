package io.channelwise.bert.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.onnx.GraphForm;
import io.channelwise.bert.internal.text.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxScorerTest {
  private static final float TOLERANCE = 1e-4f;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "SEQUENCE,MEAN,3,STANDARD", "SEQUENCE,CLS,3,STANDARD", "PAIR,MEAN,2,STANDARD",
    "PAIR,CLS,2,STANDARD", "MULTI_LABEL,MEAN,4,STANDARD", "TOKENS,NONE,5,STANDARD",
    "SEQUENCE,MEAN,3,FUSED", "SEQUENCE,CLS,3,FUSED", "PAIR,CLS,2,FUSED",
    "MULTI_LABEL,MEAN,4,FUSED", "TOKENS,NONE,5,FUSED"
  })
  void shouldEqualPyTorch_forEveryTask_withPadding(
      Task task, Pooling pooling, int labels, GraphForm form) {
    Path model = TestModels.tiny(task, pooling, labels);
    BertConfig config = BertConfig.read(model);
    List<TokenIds> inputs = inputs(config, 40);
    try (Scorer djl = DjlScorer.load(model, config, Device.cpu());
        Scorer onnx = Scorers.session(model, config, form, "onnx", 1)) {
      float[][] expected = djl.logits(inputs);
      float[][] found = onnx.logits(inputs);
      assertThat(worst(expected, found)).isLessThan(TOLERANCE);
      assertThat(spread(expected)).isGreaterThan(100 * TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"minilm,STANDARD", "bge-small-zh,STANDARD", "minilm,FUSED", "bge-small-zh,FUSED"})
  void shouldEqualPyTorch_onTheStatesOfBothBaseModels(String name, GraphForm form) {
    Path model = TestModels.base(name);
    // Tags with the weights of random classes would hide the encoder; its own states do not.
    BertConfig config = BertConfig.read(model);
    List<TokenIds> inputs = inputs(config, 6);
    List<float[]> expected = HiddenStates.of(model, config, inputs);
    try (Scorer onnx = Scorers.session(model, config, form, "onnx", 2)) {
      float[][] found = onnx.logits(inputs);
      assertThat(worst(expected.toArray(new float[0][]), found)).isLessThan(TOLERANCE);
    }
  }

  @Test
  void shouldStayNearThe32Bits_in8Bits() {
    Path model = TestModels.base("minilm");
    BertConfig config = BertConfig.read(model);
    List<TokenIds> inputs = inputs(config, 6);
    try (Scorer whole = Scorers.session(model, config, GraphForm.STANDARD, "onnx", 2);
        Scorer small = Scorers.session(model, config, GraphForm.INT8, "onnx-int8", 2)) {
      float[][] expected = whole.logits(inputs);
      float[][] found = small.logits(inputs);
      for (int i = 0; i < expected.length; i++) {
        assertThat(cosine(expected[i], found[i])).isGreaterThan(0.98);
      }
      assertThat(worst(expected, found)).isGreaterThan(TOLERANCE);
    }
  }

  @Test
  void shouldNotDependOnTheRowsOfABatch() {
    Path model = TestModels.tiny(Task.TOKENS, Pooling.NONE, 5);
    BertConfig config = BertConfig.read(model);
    List<TokenIds> inputs = inputs(config, 70);
    try (Scorer onnx = Scorers.session(model, config, GraphForm.FUSED, "onnx", 1)) {
      float[][] together = onnx.logits(inputs);
      for (int i = 0; i < inputs.size(); i++) {
        float[][] alone = onnx.logits(inputs.subList(i, i + 1));
        assertThat(alone[0]).hasSize(inputs.get(i).length() * 5);
        assertThat(worst(alone, new float[][] {together[i]})).isLessThan(1e-5f);
      }
    }
  }

  @Test
  void shouldSaySo_whenTheFileIsMissingOrDamaged() throws IOException {
    Path missing = folder.resolve("no.onnx");
    assertThatThrownBy(() -> OnnxScorer.load("onnx", missing, 1))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(missing + " does not exist");
    Path damaged = Files.writeString(folder.resolve("damaged.onnx"), "not a graph");
    assertThatThrownBy(() -> OnnxScorer.load("onnx", damaged, 1))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(damaged + " cannot be loaded by onnxruntime");
  }

  /** Random inputs of 2 to 60 tokens, every third with a second text. */
  private static List<TokenIds> inputs(BertConfig config, int count) {
    Random random = new Random(3);
    List<TokenIds> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 2 + random.nextInt(59);
      int[] ids = random.ints(length, 0, config.vocabSize()).toArray();
      result.add(new TokenIds(ids, i % 3 == 0 ? random.nextInt(length) : length));
    }
    return result;
  }

  private static float worst(float[][] expected, float[][] found) {
    float worst = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).hasSameSizeAs(expected[i]);
      for (int j = 0; j < expected[i].length; j++) {
        assertThat(found[i][j]).isFinite();
        worst = Math.max(worst, Math.abs(expected[i][j] - found[i][j]));
      }
    }
    return worst;
  }

  /** Logits that are all alike would be equal for no reason. */
  private static float spread(float[][] logits) {
    float lowest = Float.MAX_VALUE;
    float highest = -Float.MAX_VALUE;
    for (float[] row : logits) {
      lowest = Math.min(lowest, row[0]);
      highest = Math.max(highest, row[0]);
    }
    return highest - lowest;
  }

  private static double cosine(float[] one, float[] other) {
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      squares += one[i] * one[i];
      otherSquares += other[i] * other[i];
    }
    return product / Math.sqrt(squares * otherSquares);
  }
}
