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

  private static final TorchSettings FOR_CUDA =
      new TorchSettings("/opt/libtorch/lib", "cu128", "2.7.1");
  private static final TorchSettings PACKAGED = new TorchSettings(null, null, null);

  private static String problem(int gpus, boolean cudaBuild, boolean usable, TorchSettings asked) {
    String libraries = cudaBuild ? "/opt/libtorch/lib" : "/root/.djl.ai/cpu";
    return new GpuCheck(gpus, cudaBuild, usable, libraries, "3", asked).problem().orElse("");
  }

  @Test
  void shouldFindNoProblem_whenDriverAndBuildFit() {
    assertThat(problem(1, true, true, FOR_CUDA)).isEmpty();
  }

  @Test
  void shouldNameDriverAndContainer_whenNoGpuIsShown() {
    assertThat(problem(0, true, false, FOR_CUDA))
        .startsWith("the driver shows no CUDA GPU (found: CUDA GPUs 0, PyTorch for CUDA")
        .contains("nvidia-smi")
        .contains("--gpus all")
        .doesNotContain("set PYTORCH_LIBRARY_PATH");
  }

  @Test
  void shouldNameTheVariables_whenPytorchIsBuiltForTheCpu() {
    assertThat(problem(2, false, false, PACKAGED))
        .startsWith("the PyTorch loaded is built for the CPU (found: CUDA GPUs 2")
        .contains("from /root/.djl.ai/cpu, CUDA_VISIBLE_DEVICES=3, PYTORCH_LIBRARY_PATH=not set")
        .contains("PYTORCH_FLAVOR=cu128");
  }

  @Test
  void shouldNameDriverAndVisibility_whenPytorchForCudaSeesNoGpu() {
    assertThat(problem(1, true, false, FOR_CUDA))
        .startsWith("PyTorch cannot use the GPU that the driver shows (found: CUDA GPUs 1")
        .contains("CUDA_VISIBLE_DEVICES=3", "The driver must be 525 or newer")
        .doesNotContain("set PYTORCH_LIBRARY_PATH");
  }

  @Test
  void shouldTellTheBuildFromItsFiles(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve(System.mapLibraryName("torch_cpu")));
    assertThat(GpuCheck.isCudaBuild(folder.toString())).isFalse();
    Files.createFile(folder.resolve(System.mapLibraryName("torch_cuda")));
    assertThat(GpuCheck.isCudaBuild(folder.toString())).isTrue();
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
