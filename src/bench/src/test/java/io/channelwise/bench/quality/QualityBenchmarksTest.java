package io.channelwise.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bench.BenchContext;
import io.channelwise.bench.dataset.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityBenchmarksTest {
  /** 3,000 reviews go to dev and test. */
  private static final int REVIEWS = 8_000;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  @BeforeEach
  void writeReviews() throws IOException {
    StringBuilder reviews = new StringBuilder("Title,Review Text,Recommended IND\n");
    for (int i = 0; i < REVIEWS; i++) {
      reviews.append("Title ").append(i).append(",Text,").append(i % 2).append('\n');
    }
    Path file = folder.resolve("womens-clothing/reviews.csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, reviews);
  }

  @Test
  void shouldSayWhichShareOfTheClothingReviewsItLearnsFrom() {
    BenchContext context = context(false);

    Split part = QualityBenchmarks.clothing(context);

    assertThat(part.train()).hasSize(3_000);
    assertThat(part.dev()).hasSize(1_000);
    assertThat(part.test()).hasSize(2_000);
    assertThat(out.toString())
        .contains("both learn from 3,000 of 5,000 training texts (60 %); --full takes all");
    assertThat(context.figures().list().get(0).value()).isEqualTo(0.6);
  }

  @Test
  void shouldLearnFromAllClothingReviews_whenFull() {
    BenchContext context = context(true);

    Split all = QualityBenchmarks.clothing(context);

    assertThat(all.train()).hasSize(5_000);
    assertThat(out.toString().strip())
        .isEqualTo("both learn from 5,000 of 5,000 training texts (100 %)");
    assertThat(all.train().subList(0, 3_000))
        .isEqualTo(QualityBenchmarks.clothing(context(false)).train());
  }

  private BenchContext context(boolean full) {
    return new BenchContext(
        new BenchContext.Options(folder, folder, folder, full, 42, "cpu", null),
        new PrintWriter(out, true));
  }
}
