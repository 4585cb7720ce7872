package io.channelwise.bench.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WomensClothingTest {
  @TempDir private Path folder;

  @Test
  void shouldPairTitleAndText_andLeaveOutReviewsWithoutText() throws IOException {
    Path file = folder.resolve("reviews.csv");
    Files.writeString(
        file,
        """
        ,Clothing ID,Title,Review Text,Rating,Recommended IND
        0,1,,"Soft, ""warm"" coat",5,1
        1,2,Too small,Returned it,2,0
        2,3,Nice,,5,1
        """);

    assertThat(WomensClothing.part(file))
        .containsExactly(
            Example.pair("-", "Soft, \"warm\" coat", "yes"),
            Example.pair("Too small", "Returned it", "no"));
  }
}
