package io.channelwise.bert;

import java.nio.file.Path;

/** The packaged weights, imported once for all tests of a build. */
public final class TestModels {
  private static final Path CACHE = Path.of("target", "base-models");

  private TestModels() {}

  /** Hugging Face directory of a packaged model. */
  public static Path base(String name) {
    return BaseModels.resolve(name, CACHE);
  }
}
