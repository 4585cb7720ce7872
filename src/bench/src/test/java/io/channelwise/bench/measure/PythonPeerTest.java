package io.channelwise.bench.measure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bench.BenchmarkUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonPeerTest {
  @TempDir private Path folder;

  @Test
  void shouldSayWhatToInstall_whenNoPythonHasTheModules() {
    assertThatThrownBy(
            () ->
                PythonPeer.start(
                    "training_speed.py", folder, Set.of("no_such_module"), Map.of(), List.of()))
        .isInstanceOf(BenchmarkUnavailableException.class)
        .hasMessageStartingWith("No Python with the modules no_such_module was found among ")
        .hasMessageContaining("Debian: apt install python3-torch; else pip install no_such_module")
        .hasMessageEndingWith("CHANNELWISE_PYTHON.");
  }
}
