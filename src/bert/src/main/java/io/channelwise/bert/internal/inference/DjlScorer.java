package io.channelwise.bert.internal.inference;

import ai.djl.Device;
import io.channelwise.bert.Backend;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.List;

/** PyTorch's operators through DJL, on the CPU or a GPU. */
public final class DjlScorer implements Scorer {
  private final Bert model;
  private final Device device;

  private DjlScorer(Bert model, Device device) {
    this.model = model;
    this.device = device;
  }

  /** Loads the weights of a folder onto a device. */
  public static DjlScorer load(Path folder, BertConfig config, Device device) {
    Torch.enter();
    return new DjlScorer(Bert.load(folder, config, Torch.manager(device)), device);
  }

  @Override
  public float[][] logits(List<TokenIds> inputs) {
    Torch.enter();
    return Inference.logits(model, inputs, device);
  }

  @Override
  public String name() {
    return Backend.DJL.key();
  }

  @Override
  public void close() {
    model.close();
  }
}
