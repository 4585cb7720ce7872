package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenStatesTest {
  private static final List<String> TEXTS =
      List.of(
          "My card still has not arrived, what should I do?",
          "退款",
          "这个模型的价格比去年贵了一倍，可是回答质量没有变化，我们想换一个供应商。",
          "Hi",
          "GPU 推理 latency is 3× higher since Tuesday (v2.1)!");

  @ParameterizedTest
  @CsvSource({"minilm,/all-minilm-l6-v2.onnx", "bge-small-zh,/bge-small-zh-v1.5.onnx"})
  void shouldEqualOnnxRuntime_whenTextsOfTwoLanguagesArePadded(String name, String onnx)
      throws Exception {
    Path folder = TestModels.base(name);
    BertConfig config = BertConfig.read(folder);
    List<TokenIds> inputs;
    try (TextEncoder encoder = new TextEncoder(folder)) {
      inputs = encoder.encode(TEXTS, 64).ids();
    }
    List<int[]> ids = inputs.stream().map(TokenIds::ids).toList();
    int length = ids.stream().mapToInt(t -> t.length).max().orElseThrow();
    float[][][] expected = onnxStates(onnx, ids, length);

    Torch.enter();
    try (Bert bert = Bert.load(folder, config, Torch.manager(Device.cpu()));
        NDManager step = Torch.manager(Device.cpu())) {
      float[] states = bert.hiddenStates(new TokenBatch(step, inputs), 0).toFloatArray();

      float worst = 0;
      for (int b = 0; b < ids.size(); b++) {
        for (int t = 0; t < ids.get(b).length; t++) {
          for (int h = 0; h < config.hiddenSize(); h++) {
            float found = states[(b * length + t) * config.hiddenSize() + h];
            worst = Math.max(worst, Math.abs(found - expected[b][t][h]));
          }
        }
      }
      assertThat(worst).isLessThan(1e-4f);
    }
  }

  private static float[][][] onnxStates(String resource, List<int[]> ids, int length)
      throws OrtException, IOException {
    long[][] idRows = new long[ids.size()][length];
    long[][] maskRows = new long[ids.size()][length];
    for (int b = 0; b < ids.size(); b++) {
      for (int t = 0; t < ids.get(b).length; t++) {
        idRows[b][t] = ids.get(b)[t];
        maskRows[b][t] = 1;
      }
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (InputStream in = HiddenStatesTest.class.getResourceAsStream(resource);
        OrtSession session = environment.createSession(in.readAllBytes());
        OnnxTensor idTensor = OnnxTensor.createTensor(environment, idRows);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, maskRows);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, new long[ids.size()][length]);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      return (float[][][]) result.get(0).getValue();
    }
  }
}
