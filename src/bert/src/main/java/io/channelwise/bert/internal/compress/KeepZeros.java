package io.channelwise.bert.internal.compress;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.training.Variation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a pruned model on and keeps what is zero at zero, as Han et al. 2015 retrain. Owns its
 * masks. One thread.
 */
public final class KeepZeros implements Variation, AutoCloseable {
  private final Map<String, NDArray> masks = new LinkedHashMap<>();
  private final Path model;
  private NDManager manager; // null before the start

  /**
   * For the training of a pruned model.
   *
   * @param model what it was pruned from
   */
  public KeepZeros(Path model) {
    this.model = model;
  }

  @Override
  public Optional<String> origin() {
    return Optional.of(model.toString());
  }

  @Override
  public boolean keepsHead() {
    return true;
  }

  /** What is zero now stays zero; a resumed training finds the same zeros in its checkpoint. */
  @Override
  public void onStart(Map<String, NDArray> weights) {
    weights.forEach(
        (name, weight) -> {
          if (MagnitudePruning.prunes(name)) {
            manager = manager == null ? Torch.manager(weight.getDevice()) : manager;
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              NDArray mask = weight.neq(0).toType(DataType.FLOAT32, true);
              mask.attach(manager);
              NDScope.unregister(mask);
              masks.put(name, mask);
            }
          }
        });
  }

  @Override
  public void afterStep(Map<String, NDArray> weights) {
    masks.forEach((name, mask) -> weights.get(name).muli(mask));
  }

  @Override
  public void close() {
    if (manager != null) {
      manager.close();
    }
  }
}
