package io.channelwise.bench.dataset;

import io.channelwise.bench.BenchContext;
import io.channelwise.bert.Example;
import io.channelwise.bert.ExampleFile;
import java.util.List;

/** Customers' questions to a bank, 77 intents (Casanueva et al. 2020), the official split. */
public final class Banking77 {
  private static final String SOURCE = "https://github.com/PolyAI-LDN/task-specific-datasets";

  private Banking77() {}

  /** Train and test; no dev. */
  public static Split read(BenchContext context) {
    return new Split(part(context, "train.csv"), List.of(), part(context, "test.csv"));
  }

  private static List<Example> part(BenchContext context, String file) {
    return ExampleFile.read(context.data("banking77/" + file, SOURCE), "text", "category")
        .examples();
  }
}
