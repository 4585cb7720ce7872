package io.channelwise.bert.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.BertException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
  private static final List<String> FILES = List.of("a.txt", "deep/b.txt", "c.txt");

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void nameTheTarget() {
    model = folder.resolve("model");
  }

  private static void write(Path target, String version) throws IOException {
    for (String file : FILES) {
      Files.createDirectories(target.resolve(file).getParent());
      Files.writeString(target.resolve(file), version);
    }
  }

  private static void assertWhole(Path target, String version) {
    for (String file : FILES) {
      assertThat(target.resolve(file)).hasContent(version);
    }
  }

  /** The names in the folder, the leftovers' without what makes them unique. */
  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(path -> path.getFileName().toString().replaceFirst("-[0-9a-f]{8}$", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldLeaveNothingBeside_whenAFolderIsReplacedAndDeleted() throws IOException {
    AtomicDirectory.replace(model, target -> write(target, "1"));
    AtomicDirectory.replace(model, target -> write(target, "2"));
    assertWhole(model, "2");
    assertThat(names()).containsExactly("model");

    AtomicDirectory.delete(model);
    AtomicDirectory.delete(model);
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldKeepTheOldContent_whenTheNewCannotBeWritten() throws IOException {
    AtomicDirectory.replace(model, target -> write(target, "1"));
    assertThatThrownBy(
            () ->
                AtomicDirectory.replace(
                    model,
                    target -> {
                      Files.writeString(target.resolve("a.txt"), "2");
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("model cannot be written: disk full");
    assertWhole(model, "1");
    assertThat(names()).containsExactly("model");
  }

  @Test
  void shouldPutTheOldContentBack_whenTheNewCannotBePutInItsPlace() throws IOException {
    AtomicDirectory.replace(model, target -> write(target, "1"));
    assertThatThrownBy(
            () -> AtomicDirectory.swap(folder.resolve("missing"), model, folder.resolve("old")))
        .isInstanceOf(NoSuchFileException.class);
    assertWhole(model, "1");
    assertThat(names()).containsExactly("model");
  }

  /** Killed while it wrote: the new content is a part, the old one in its place. */
  @Test
  void shouldDropThePart_whenKilledWhileWriting() throws IOException {
    write(model, "1");
    Files.createDirectories(folder.resolve(".model.new-00000001/deep"));
    AtomicDirectory.recover(model);
    assertWhole(model, "1");
    assertThat(names()).containsExactly("model");
  }

  /** Killed between the two renames: nothing has the name. */
  @Test
  void shouldPutTheOldContentBack_whenKilledBetweenTheRenames() throws IOException {
    write(folder.resolve(".model.old-00000001"), "1");
    write(folder.resolve(".model.new-00000001"), "2");
    AtomicDirectory.requireReplaceable(model, Set.of("a.txt", "deep", "c.txt"));
    assertWhole(model, "1");
    assertThat(names()).containsExactly("model");
  }

  /** Killed after the renames: the new content has the name, the old one is still there. */
  @Test
  void shouldDropTheOldContent_whenKilledAfterTheRenames() throws IOException {
    write(folder.resolve(".model.old-00000001"), "1");
    write(model, "2");
    AtomicDirectory.replace(model, target -> write(target, "3"));
    assertWhole(model, "3");
    assertThat(names()).containsExactly("model");
  }

  /** Killed while it deleted: what is left is a part and must never come back. */
  @Test
  void shouldNotPutAPartBack_whenKilledWhileDeleting() throws IOException {
    Files.createDirectories(folder.resolve(".model.gone-00000001/deep"));
    AtomicDirectory.recover(model);
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldTouchOnlyItsOwn_unlessAllInTheFolderAreMeant() throws IOException {
    for (String other : List.of("my.model", "model.new-00000001", "models")) {
      Files.createDirectory(folder.resolve("." + other + ".new-00000002"));
    }
    Files.createDirectory(folder.resolve(".model.newer-00000001"));
    AtomicDirectory.recover(model);
    assertThat(names()).hasSize(4);
    AtomicDirectory.recoverAllIn(folder);
    assertThat(names()).containsExactly(".model.newer");
    AtomicDirectory.recoverAllIn(folder.resolve("none"));
  }

  @Test
  void shouldRefuseWhatIsSomeonesElse_butNotALeftoverOfOurs() throws IOException {
    write(model, "1");
    Files.writeString(model.resolve(".calibration.json.new-0123abcd"), "{");
    AtomicDirectory.requireReplaceable(model, Set.of("a.txt", "deep", "c.txt"));
    assertThatThrownBy(() -> AtomicDirectory.requireReplaceable(model, Set.of("a.txt", "deep")))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("holds c.txt");
  }

  @Test
  void shouldWriteOnce_whenTheFolderIsThere() throws IOException {
    AtomicDirectory.createIfAbsent(model, target -> write(target, "1"));
    AtomicDirectory.createIfAbsent(
        model,
        target -> {
          throw new IllegalStateException("written again");
        });
    assertWhole(model, "1");
    // Left by an import that was killed; the next import of the same clears it away.
    AtomicDirectory.delete(model);
    Files.createDirectory(folder.resolve(".model.new-00000001"));
    AtomicDirectory.createIfAbsent(model, target -> write(target, "2"));
    assertThat(names()).containsExactly("model");
  }

  @Test
  void shouldAllSucceed_whenManyCreateTheSame() throws Exception {
    int writers = 4;
    CountDownLatch allWrite = new CountDownLatch(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      Callable<Void> writer =
          () -> {
            AtomicDirectory.createIfAbsent(
                model,
                target -> {
                  allWrite.countDown();
                  await(allWrite);
                  write(target, "1");
                });
            return null;
          };
      for (Future<Void> done : threads.invokeAll(List.of(writer, writer, writer, writer))) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    assertWhole(model, "1");
    assertThat(names()).containsExactly("model");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** A real process, killed wherever it is: what it replaces is whole, and is not lost. */
  @Test
  void shouldFindOneWholeVersion_whenAProcessIsKilledAnywhere() throws Exception {
    Random random = new Random(1);
    AtomicDirectory.replace(model, target -> write(target, "first"));
    for (int kill = 0; kill < 6; kill++) {
      Process process = new ProcessBuilder(command(model)).redirectErrorStream(true).start();
      try (BufferedReader said =
          new BufferedReader(new InputStreamReader(process.getInputStream()))) {
        for (int line = random.nextInt(200); line >= 0; line--) {
          assertThat(said.readLine()).isEqualTo("at work");
          look();
        }
        process.destroyForcibly().waitFor();
      }
      AtomicDirectory.recover(model);
      assertWhole(model, Files.readString(model.resolve("a.txt")));
      assertThat(names()).containsExactly("model");
    }
    assertThat(model.resolve("a.txt")).content().isNotEqualTo("first");
  }

  /** What another process sees meanwhile: a whole file, or for an instant none. */
  private void look() throws IOException {
    try {
      assertThat(Files.readString(model.resolve("c.txt"))).matches("first|version \\d+");
    } catch (NoSuchFileException e) {
      // Between the two renames.
    }
  }

  private static List<String> command(Path target) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        Replacing.class.getName(),
        target.toString());
  }

  /** Replaces a folder for ever. */
  static final class Replacing {
    public static void main(String[] args) {
      Path target = Path.of(args[0]);
      for (int version = 0; true; version++) {
        String content = "version " + version;
        System.out.println("at work");
        AtomicDirectory.replace(
            target,
            folder -> {
              write(folder, content);
              System.out.println("at work");
            });
      }
    }
  }
}
