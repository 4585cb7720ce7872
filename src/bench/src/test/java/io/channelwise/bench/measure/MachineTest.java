package io.channelwise.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void shouldReadVersionsFromTheClassPath() {
    String classPath =
        String.join(
            File.pathSeparator,
            "/lib/pytorch-native-cpu-2.7.1-linux-x86_64.jar",
            "/lib/onnxruntime-1.22.0.jar",
            "/lib/other-1.0.jar",
            "classes");

    assertThat(Machine.libraries(classPath))
        .containsEntry("pytorch-native-cpu", "2.7.1")
        .containsEntry("onnxruntime", "1.22.0")
        .hasSize(2);
  }

  @Test
  void shouldTellProcessorAndOwnMemory() {
    assertThat(Machine.line()).contains("processor ", "cores ", "java ");
    assertThat(Machine.residentBytes(ProcessHandle.current().pid())).isGreaterThan(10_000_000);
  }

  @Test
  void shouldForgetThePeak_whenItWasTaken() {
    long pid = ProcessHandle.current().pid();
    byte[] much = new byte[64 << 20];
    Arrays.fill(much, (byte) 1);
    assertThat(much[much.length - 1]).isEqualTo((byte) 1);

    assertThat(Machine.takePeakResidentBytes(pid)).isGreaterThan(64 << 20);
    // The mark starts again at what is resident now.
    assertThat(Machine.takePeakResidentBytes(pid))
        .isGreaterThanOrEqualTo(Machine.residentBytes(pid) / 2);
  }
}
