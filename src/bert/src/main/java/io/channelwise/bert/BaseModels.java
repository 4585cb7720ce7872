package io.channelwise.bert;

import java.nio.file.Path;
import java.util.List;

/** Finds pretrained weights: packaged ones by name, others by directory. */
public final class BaseModels {

  private BaseModels() {}

  /** Names of the packaged models. */
  public static List<String> names() {
    return List.of("bge-small-zh", "minilm");
  }

  /**
   * A Hugging Face directory for the name or directory given. A packaged model is imported into
   * {@code cacheDir} at the first call and found there later; safe for many processes.
   *
   * @throws ModelFormatException when the name is unknown or the directory is no BERT
   */
  public static Path resolve(String nameOrDir, Path cacheDir) {
    throw new UnsupportedOperationException("The import lands with the next commits.");
  }
}
