package io.channelwise.worker.training;

import io.channelwise.feedback.Dataset;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.worker.runtime.PermanentFailure;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The ways of learning by kind of dataset. Thread-safe. */
@Component
class Learnings {
  private final Map<Dataset.Kind, Learning> byKind = new EnumMap<>(Dataset.Kind.class);

  Learnings(List<Learning> all) {
    all.forEach(learning -> byKind.put(learning.kind(), learning));
  }

  Learning of(Dataset dataset) {
    Learning learning = byKind.get(dataset.kind());
    if (learning == null) {
      throw new PermanentFailure(
          "This worker cannot learn from dataset %s, which is of %s. Start a worker of the same release as the server."
              .formatted(dataset.id(), dataset.kind()));
    }
    return learning;
  }

  /** The folder of a version whose files are those that were registered. */
  static Path verified(ModelStore store, ModelVersion version) {
    String sha256 = store.sha256(version.path());
    if (!sha256.equals(version.sha256())) {
      throw new PermanentFailure(
          "Version %d of model %s does not match its record: sha256 %s was found, %s expected. Restore %s in the model store, then retry."
              .formatted(
                  version.version(),
                  version.modelName(),
                  sha256,
                  version.sha256(),
                  version.path()));
    }
    return store.resolve(version.path());
  }
}
