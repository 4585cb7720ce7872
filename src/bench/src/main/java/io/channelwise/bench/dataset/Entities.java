package io.channelwise.bench.dataset;

import io.channelwise.bench.BenchContext;
import io.channelwise.bert.Columns;
import io.channelwise.bert.ExampleFile;
import io.channelwise.bert.Task;
import java.nio.file.Path;

/** Sentences with named entities, the official splits. */
public final class Entities {
  private static final String WNUT = "https://github.com/leondz/emerging_entities_17";
  private static final String UNER = "https://github.com/UniversalNER/UNER_Chinese-GSDSIMP";

  private Entities() {}

  /** Emerging entities in English posts, six kinds (Derczynski et al. 2017). */
  public static Split wnut17(BenchContext context) {
    Columns columns = Columns.of("1", "2");
    return split(
        context.data("wnut17/wnut17train.conll", WNUT),
        context.data("wnut17/emerging.dev.conll", WNUT),
        context.data("wnut17/emerging.test.annotated", WNUT),
        columns);
  }

  /** Persons, organisations and places in Chinese (Universal NER, Mayhew et al. 2024). */
  public static Split unerChinese(BenchContext context) {
    String start = "uner-zh-gsdsimp/zh_gsdsimp-ud-";
    return split(
        context.data(start + "train.iob2", UNER),
        context.data(start + "dev.iob2", UNER),
        context.data(start + "test.iob2", UNER),
        Columns.of("2", "3"));
  }

  private static Split split(Path train, Path dev, Path test, Columns columns) {
    return new Split(
        ExampleFile.read(train, Task.TOKENS, columns).examples(),
        ExampleFile.read(dev, Task.TOKENS, columns).examples(),
        ExampleFile.read(test, Task.TOKENS, columns).examples());
  }
}
