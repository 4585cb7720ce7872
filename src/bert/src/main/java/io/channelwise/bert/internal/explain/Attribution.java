package io.channelwise.bert.internal.explain;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.Collections;
import java.util.List;

/** The shares of tokens in a logit of a BERT. */
public final class Attribution {
  /** Id of [PAD] in every published BERT. */
  private static final int PADDING = 0;

  private Attribution() {}

  /**
   * The share of each token, against the same input whose every token but the markers is padding.
   *
   * @param label index of the explained class
   * @param token of a tagger the position whose class it is; -1 where the class is of the input
   */
  public static IntegratedGradients.Result of(
      Bert model, TokenIds input, int label, int token, Device device) {
    Torch.enter();
    NDIndex logit =
        token < 0 ? new NDIndex(":, " + label) : new NDIndex(":, %d, %d".formatted(token, label));
    try (NDManager scope = Torch.manager(device)) {
      NDArray words = words(model, scope, input); // (T, H)
      NDArray nothing = words(model, scope, withoutWords(input)); // (T, H)
      return IntegratedGradients.of(
          words,
          nothing,
          points -> {
            int size = (int) points.getShape().get(0);
            TokenBatch batch =
                new TokenBatch(points.getManager(), Collections.nCopies(size, input));
            return model.logits(batch, points).get(logit); // (B)
          });
    }
  }

  private static NDArray words(Bert model, NDManager scope, TokenIds input) {
    return model.words(new TokenBatch(scope, List.of(input))).squeeze(0);
  }

  private static TokenIds withoutWords(TokenIds input) {
    int[] ids = input.ids().clone();
    for (int i = 0; i < ids.length; i++) {
      boolean marker = i == 0 || i == input.secondFrom() - 1 || i == ids.length - 1;
      ids[i] = marker ? ids[i] : PADDING;
    }
    return new TokenIds(ids, input.secondFrom(), input.words(), input.read());
  }
}
