package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryTest {
  @TempDir Path work;

  /** Every array is owned by a manager, and every manager by the system's. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void shouldHoldAsManyArrays_whenManyMoreStepsAreDone(Precision precision) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      examples.add(new Example("word ".repeat(1 + i % 9) + i % 3, "class " + i % 3));
    }
    TrainingSettings settings =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .epochs(5)
            .batchSize(4)
            .precision(precision)
            .device("cpu")
            .build();
    Map<Long, Integer> arrays = new TreeMap<>();

    FineTuner.train(
        settings,
        examples,
        examples,
        work.resolve("run"),
        work.resolve("model"),
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            arrays.put(report.step(), liveArrays());
          }
        });

    assertThat(arrays).hasSize(75);
    assertThat(arrays.get(10L)).isPositive();
    assertThat(arrays.get(14L)).isEqualTo(arrays.get(10L));
    // The first evaluation, after step 15, keeps the number 0 as its probability of dropout.
    assertThat(arrays.get(75L)).isEqualTo(arrays.get(20L));
  }

  private static int liveArrays() {
    try (NDManager any = Torch.manager(Device.cpu())) {
      return arraysIn(any.getParentManager());
    }
  }

  private static int arraysIn(NDManager manager) {
    int count = 0;
    for (Object resource : resources(manager).values()) {
      if (resource instanceof NDArray) {
        count++;
      } else if (resource instanceof BaseNDManager child) {
        count += arraysIn(child);
      }
    }
    return count;
  }

  private static Map<?, ?> resources(NDManager manager) {
    try {
      Field field = BaseNDManager.class.getDeclaredField("resources");
      field.setAccessible(true);
      return (Map<?, ?>) field.get(manager);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("DJL's managers keep their arrays elsewhere now", e);
    }
  }
}
