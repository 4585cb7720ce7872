package io.channelwise.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
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
}
