package io.channelwise.bert.internal.inference;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Last hidden states of a bare encoder by PyTorch, T times H an input, padding left out. */
final class HiddenStates {

  private HiddenStates() {}

  static List<float[]> of(Path folder, BertConfig config, List<TokenIds> inputs) {
    int length = inputs.stream().mapToInt(TokenIds::length).max().orElseThrow();
    int row = length * config.hiddenSize();
    Torch.enter();
    try (Bert bert = Bert.load(folder, config, Torch.manager(Device.cpu()));
        NDManager scope = Torch.manager(Device.cpu())) {
      float[] states = bert.hiddenStates(new TokenBatch(scope, inputs), 0).toFloatArray();
      List<float[]> result = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        int used = inputs.get(i).length() * config.hiddenSize();
        result.add(Arrays.copyOfRange(states, i * row, i * row + used));
      }
      return result;
    }
  }
}
