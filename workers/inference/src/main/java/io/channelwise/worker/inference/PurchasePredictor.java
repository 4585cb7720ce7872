package io.channelwise.worker.inference;

import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.probability.ProbabilityException;
import io.channelwise.probability.PurchaseFolder;
import io.channelwise.probability.PurchaseModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how likely users buy, with the released versions. Each request asks the registry for the
 * live version; the caller's thread does the work, which takes microseconds a row. Thread-safe.
 */
final class PurchasePredictor {
  private static final Logger LOG = LoggerFactory.getLogger(PurchasePredictor.class);

  private final ModelRegistry registry;
  private final ModelStore store;
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

  PurchasePredictor(ModelRegistry registry, ModelStore store) {
    this.registry = registry;
    this.store = store;
  }

  private record Loaded(int version, PurchaseModel model) {}

  /**
   * Answers of one version.
   *
   * @param values one a row, 0 to 1, in the same order
   */
  record Probabilities(String model, int version, double[] values) {}

  /**
   * @param rows cells by column; null where unknown
   * @return empty when no version of the model is live
   * @throws WrongInputException when the live version reads texts, or a row lacks a column
   * @throws IllegalStateException when the live version cannot be used
   */
  Optional<Probabilities> predict(String name, List<? extends Map<String, String>> rows) {
    Optional<ModelVersion> live = registry.live(name);
    if (live.isEmpty()) {
      return Optional.empty();
    }
    Loaded current = loaded.compute(name, (key, known) -> current(live.get(), known));
    try {
      return Optional.of(
          new Probabilities(name, current.version(), current.model().probabilities(rows)));
    } catch (ProbabilityException e) {
      throw new WrongInputException(e.getMessage());
    }
  }

  private Loaded current(ModelVersion live, Loaded known) {
    if (known != null && known.version() == live.version()) {
      return known;
    }
    Path folder = store.resolve(live.path());
    if (!PurchaseFolder.holds(folder)) {
      throw WrongInputException.readsTexts(live.modelName());
    }
    Predictor.verify(store, live);
    try {
      Loaded next = new Loaded(live.version(), PurchaseFolder.read(folder).model());
      LOG.info("model loaded model={} version={}", live.modelName(), live.version());
      return next;
    } catch (ProbabilityException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
