package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Slices;
import io.channelwise.bert.evaluation.Slices.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluateCommandTest {

  @Test
  void shouldWriteNull_whenAPartHasNoScore() {
    Interval none = new Interval(Double.NaN, Double.NaN);
    Slice empty = new Slice("shop", "a", 20, Double.NaN, none, 0.5, 1, false);
    Slices slices = new Slices("micro_f1", 0.5, List.of(empty), "");

    JsonNode json = EvaluateCommand.withoutNaN(new ObjectMapper().valueToTree(slices));

    assertThat(json.at("/slices/0/score").isNull()).isTrue();
    assertThat(json.at("/slices/0/interval/low").isNull()).isTrue();
    assertThat(json.at("/slices/0/rest").asDouble()).isEqualTo(0.5);
    assertThat(json.toString()).doesNotContain("NaN");
  }
}
