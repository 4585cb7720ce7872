package io.channelwise.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallPaceTest {

  @Test
  void shouldTellNoCallOfAWarmUp_whenThereAreSeveral() {
    List<List<String>> asked = new ArrayList<>();
    CallPace pace = new CallPace(List.of("one", "two"), 3, 2);

    pace.round(asked::add);
    pace.round(asked::add);
    assertThatThrownBy(pace::milliseconds).hasMessage("There is no measurement.");
    pace.round(asked::add);
    pace.round(asked::add);

    assertThat(asked).hasSize(4 * 3).containsOnly(List.of("one", "two"));
    assertThat(pace.milliseconds().values()).hasSize(2 * 3);
  }
}
