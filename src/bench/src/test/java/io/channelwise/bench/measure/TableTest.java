package io.channelwise.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void shouldAlignNumbersRightAndWordsLeft() {
    Table table =
        new Table("what", "per second").row("ours", "120.5").row("中文", "7 s").row("peer", "");

    assertThat(table.text().lines())
        .containsExactly(
            "what  per second", "----  ----------", "ours       120.5", "中文         7 s", "peer");
  }

  @Test
  void shouldRefuseARowOfAnotherWidth() {
    assertThatThrownBy(() -> new Table("one", "two").row("alone"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells")
        .hasMessageContaining("2 headings");
  }
}
