package io.channelwise.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.Precision;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {

  @Test
  void shouldListEveryKnob_soThatNoneIsForgotten() throws IllegalAccessException {
    List<Object> declared = new ArrayList<>();
    for (Field field : Knobs.class.getDeclaredFields()) {
      if (field.getType() == Knob.class) {
        declared.add(field.get(null));
      }
    }

    assertThat(declared).isNotEmpty();
    assertThat(Knobs.ALL).containsExactlyElementsOf((List) declared);
    assertThat(Knobs.ALL).extracting(Knob::name).doesNotHaveDuplicates();
    long accessors =
        Arrays.stream(TrainingSettings.class.getDeclaredMethods())
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName)
            .filter(TrainingSettingsTest::isInBuilder)
            .count();
    assertThat(accessors).isEqualTo(Knobs.ALL.size());
  }

  private static boolean isInBuilder(String name) {
    return Arrays.stream(TrainingSettings.Builder.class.getDeclaredMethods())
        .anyMatch(method -> method.getName().equals(name) && method.getParameterCount() == 1);
  }

  @Test
  void shouldKeepTheOthers_whenOneIsChanged() {
    TrainingSettings settings =
        TrainingSettings.builder().epochs(3).precision(Precision.BF16).freeze("2").build();

    TrainingSettings changed = settings.toBuilder().seed(7).build();

    assertThat(changed.epochs()).isEqualTo(3);
    assertThat(changed.precision()).isEqualTo(Precision.BF16);
    assertThat(changed.freeze()).isEqualTo("2");
    assertThat(changed.seed()).isEqualTo(7);
    assertThat(settings.seed()).isEqualTo(42);
    assertThat(changed).isNotEqualTo(settings);
    assertThat(changed.toBuilder().seed(42).build())
        .isEqualTo(settings)
        .hasSameHashCodeAs(settings)
        .hasToString(settings.toString());
  }

  @Test
  void shouldLeaveThreadsAndDeviceOutOfTheIdentity_andKeepTheRest() {
    TrainingSettings settings = TrainingSettings.defaults();

    assertThat(settings.toBuilder().threads(3).device("cpu").checkpointSteps(5).build().identity())
        .isEqualTo(settings.identity());
    assertThat(settings.toBuilder().loraRank(8).build().identity())
        .containsEntry("LoRA rank", "8")
        .isNotEqualTo(settings.identity());
  }

  @Test
  void shouldNameTheRange_whenAValueLiesOutside() {
    TrainingSettings.Builder builder = TrainingSettings.builder();

    assertThatThrownBy(() -> builder.epochs(0)).hasMessage("epochs is 0; expected 1 to 1000.");
    assertThatThrownBy(() -> builder.dropout(Double.NaN))
        .hasMessage("dropout is NaN; expected 0 to 0.99.");
    assertThatThrownBy(() -> builder.learningRate(0))
        .hasMessage("learning rate is 0.0; expected above 0 and at most 1.");
    assertThatThrownBy(() -> builder.clipNorm(-1))
        .hasMessage("clip norm is -1.0; expected above 0.");
    assertThatThrownBy(() -> builder.loraAlpha(2e6))
        .hasMessage("LoRA alpha is 2000000.0; expected above 0 and at most 1000000.");
    assertThatThrownBy(() -> builder.logSteps(0)).hasMessage("log steps is 0; expected 1 or more.");
    assertThatThrownBy(() -> builder.device("tpu"))
        .hasMessage("device is tpu; expected auto, cpu or gpu.");
    assertThatThrownBy(() -> builder.base(" "))
        .hasMessage("base is empty; expected bge-small-zh, minilm or a Hugging Face directory.");
    assertThatThrownBy(() -> builder.freeze("0"))
        .hasMessage("freeze is 0; expected none, embeddings, encoder or a number of layers.");
    assertThatThrownBy(() -> builder.precision(null))
        .hasMessage("precision is null; expected fp32 or bf16.");
    assertThatThrownBy(() -> builder.loraTargets(List.of()))
        .hasMessageContaining("LoRA targets is []");
  }

  @Test
  void shouldSayWhy_whenTwoCannotBeCombined() {
    assertThatThrownBy(() -> TrainingSettings.builder().loraRank(4).freeze("encoder").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LoRA freezes the whole encoder already");
    assertThatThrownBy(() -> TrainingSettings.builder().fromScratch(true).loraRank(4).build())
        .hasMessageContaining("random weights that are never trained");
  }
}
