package io.channelwise.bert.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void shouldReplaceTheContent_andLeaveNothingBeside() throws IOException {
    Path file = folder.resolve("a.json");
    AtomicFile.write(file, "old");
    AtomicFile.write(file, "neu ü");
    assertThat(file).hasContent("neu ü");
    assertThat(folder.toFile().list()).containsExactly("a.json");
  }

  /** Temporary files of Java are for their owner alone; a model is often served by another user. */
  @Test
  void shouldBeReadableByWhomOtherFilesAre() throws IOException {
    Path usual = Files.writeString(folder.resolve("usual"), "x");
    Path file = folder.resolve("a.json");
    AtomicFile.write(file, "x");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void shouldNameTheFile_whenItCannotBeWritten() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("none/a.json"), "x"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none/a.json cannot be written");
  }
}
