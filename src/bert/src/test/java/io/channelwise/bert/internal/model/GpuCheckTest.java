package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.channelwise.bert.BertException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuCheckTest {

  @Test
  void shouldFindNoProblem_whenDriverAndBuildFit() {
    assertThat(new GpuCheck(1, true, "/opt/libtorch/lib", "/opt/libtorch/lib", "cu128").problem())
        .isEmpty();
  }

  @Test
  void shouldNameDriverAndContainer_whenNoGpuIsShown() {
    assertThat(new GpuCheck(0, true, "/opt/libtorch/lib", "/opt/libtorch/lib", "cu128").problem())
        .get()
        .asString()
        .startsWith("the driver shows no CUDA GPU (found: 0 CUDA GPUs, PyTorch for CUDA")
        .contains("nvidia-smi")
        .contains("--gpus all")
        .doesNotContain("Set PYTORCH_LIBRARY_PATH");
  }

  @Test
  void shouldNameTheVariables_whenPytorchIsBuiltForTheCpu() {
    assertThat(new GpuCheck(2, false, "/root/.djl.ai/cpu", null, null).problem())
        .get()
        .asString()
        .startsWith("a GPU is there, but the PyTorch loaded is built for the CPU (found: 2")
        .contains("from /root/.djl.ai/cpu, PYTORCH_LIBRARY_PATH=not set, PYTORCH_FLAVOR=not set")
        .contains("PYTORCH_FLAVOR=cu128");
  }

  @Test
  void shouldSayThatThePathWasNotRead_whenTheFlavorIsMissing() {
    assertThat(new GpuCheck(1, false, "/root/.djl.ai/cpu", "/opt/libtorch/lib", null).problem())
        .get()
        .asString()
        .contains("PYTORCH_LIBRARY_PATH is read only where PYTORCH_FLAVOR is set too");
  }

  @Test
  void shouldCountWhatTheDriverLists(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("0000:01:00.0"));
    Files.createDirectory(folder.resolve("0000:02:00.0"));

    assertThat(GpuCheck.gpusOfDriver(folder)).isEqualTo(2);
    assertThat(GpuCheck.gpusOfDriver(folder.resolve("absent"))).isZero();
  }

  @Test
  void shouldChooseTheCpu_whenPytorchIsBuiltForIt() {
    assumeTrue(Engine.getEngine("PyTorch").getGpuCount() == 0, "a GPU is there");

    assertThat(Torch.device("auto")).isEqualTo(Device.cpu());
    assertThatThrownBy(() -> Torch.device("gpu"))
        .isInstanceOf(BertException.class)
        .hasMessageStartingWith("Device gpu was asked for, but ")
        .hasMessageContaining("device cpu");
  }
}
