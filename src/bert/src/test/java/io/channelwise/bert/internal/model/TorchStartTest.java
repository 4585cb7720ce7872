package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import io.channelwise.bert.BertException;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.text.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The variables that choose a PyTorch are read when a process starts, so each case is a process.
 */
class TorchStartTest {
  @TempDir Path folder;

  /**
   * Starts PyTorch twice, as a program does that goes on after the first failure; or the tokenizer
   * of a folder alone.
   */
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      new TextEncoder(Path.of(arguments[0])).close();
      System.out.println("offline " + System.getProperty("ai.djl.offline"));
      return;
    }
    for (int i = 0; i < 2; i++) {
      try {
        Torch.enter();
        System.out.println("started");
      } catch (BertException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "cpu   | -     | -     | PYTORCH_FLAVOR is neither cpu nor cu128 (found: PYTORCH_LIBRARY_PATH=",
        "cpu   | cu126 | 2.7.1 | PYTORCH_FLAVOR=cu126, PYTORCH_VERSION=2.7.1). Set PYTORCH_LIBRARY_PATH",
        "cpu   | cu128 | 2.7.1 | cannot open shared object file",
        "cpu   | cpu   | 2.6.0 | PYTORCH_VERSION is not 2.7.1",
        "-     | -     | 2.5.1 | PYTORCH_VERSION is not 2.7.1 (found: PYTORCH_LIBRARY_PATH=not set",
        "wrong | cpu   | 2.7.1 | libtorch.so: file too short",
        "empty | cpu   | 2.7.1 | there is no libtorch.so",
        "cpu   | cpu   | 2.7.1 | started",
        "-     | -     | -     | started"
      })
  void shouldSayWhatWasFoundAndWhatToSet_whenAnotherPytorchIsAskedFor(
      String library, String flavor, String version, String expected) throws Exception {
    ProcessBuilder start = java();
    set(start, "PYTORCH_LIBRARY_PATH", library == null ? null : library(library).toString());
    set(start, "PYTORCH_FLAVOR", flavor);
    set(start, "PYTORCH_VERSION", version);
    set(start, "DJL_CACHE_DIR", library == null ? null : folder.resolve("cache").toString());

    List<String> lines = said(start);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains(expected).isEqualTo(lines.get(1));
    if (!expected.equals("started")) {
      assertThat(lines.get(0)).startsWith("PyTorch cannot be loaded from ");
    }
  }

  @Test
  void shouldKnowWhatDjlIsPackagedFor() throws IOException {
    Properties packaged = new Properties();
    try (InputStream in = LibUtils.class.getResourceAsStream("/jnilib/pytorch.properties")) {
      packaged.load(in);
    }
    assertThat(packaged.getProperty("jni_version")).startsWith(TorchSettings.VERSION + "-");
    for (String flavor : TorchSettings.FLAVORS) {
      String library = "/jnilib/linux-x86_64/%s/libdjl_torch.so".formatted(flavor);
      assertThat(LibUtils.class.getResource(library)).isNotNull();
    }
  }

  @Test
  void shouldStayOffline_whenOnlyTextsAreEncoded() throws Exception {
    assertThat(said(java(TestModels.tiny().toString()))).containsExactly("offline true");
  }

  private static List<String> said(ProcessBuilder start) throws Exception {
    Process process = start.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private static ProcessBuilder java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TorchStartTest.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static void set(ProcessBuilder start, String name, String value) {
    if (value == null) {
      start.environment().remove(name);
    } else {
      start.environment().put(name, value);
    }
  }

  /** {@code cpu}: the packaged libtorch without DJL's part; {@code wrong}: an empty file. */
  private Path library(String name) throws IOException {
    if (name.equals("cpu")) {
      return packagedLibrary();
    }
    Path library = Files.createDirectory(folder.resolve(name));
    if (name.equals("wrong")) {
      Files.createFile(library.resolve("libtorch.so"));
    }
    return library;
  }

  private static Path packagedLibrary() throws IOException {
    Path library = Files.createDirectories(Path.of("target", "libtorch").toAbsolutePath());
    Torch.enter();
    try (Stream<Path> files = Files.list(Path.of(LibUtils.getLibtorchPath()))) {
      for (Path file : files.filter(f -> !f.toString().contains("djl_torch")).toList()) {
        Path link = library.resolve(file.getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, file);
      }
    }
    return library;
  }
}
