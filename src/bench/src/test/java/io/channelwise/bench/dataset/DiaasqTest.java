package io.channelwise.bench.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiaasqTest {
  @TempDir private Path folder;

  @Test
  void shouldPairEachOpinionsSentenceWithWhatItIsAbout() throws IOException {
    Path file = folder.resolve("train.json");
    Files.writeString(
        file,
        """
        [{"sentences": ["A 机 很 好 ,", "屏 差 吗"],
          "sentence_ids": [0, 0, 0, 0, 0, 1, 1, 1],
          "triplets": [
            [0, 2, -1, -1, 2, 4, "pos", "A机", "", "很好"],
            [0, 2, 5, 6, 6, 7, "doubt", "A机", "屏", "差"],
            [-1, -1, -1, -1, 6, 7, "neg", "", "", "差"],
            [0, 2, 5, 6, -1, -1, "neg", "A机", "屏", ""]]}]
        """);

    assertThat(Diaasq.part(file))
        .containsExactly(
            Example.pair("A机很好,", "A机", "pos"),
            Example.pair("屏差吗", "A机 屏", "other"),
            Example.pair("屏差吗", "-", "neg"));
  }
}
