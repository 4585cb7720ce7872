package io.channelwise.bert.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void shouldTakeSignsOffAndChineseApart_whenTextIsSplit() {
    assertThat(Words.of("Did \"Ann Lee\" (of U.N.) pay\u00a0@bob's bill?!"))
        .containsExactly(
            "Did", "\"", "Ann", "Lee", "\"", "(", "of", "U.N", ".", ")", "pay", "@bob's", "bill",
            "?", "!");
    assertThat(Words.of("他在iPhone 15发布，北京。"))
        .containsExactly("他", "在", "iPhone", "15", "发", "布", "，", "北", "京", "。");
    assertThat(Words.of(" \n ")).isEmpty();
  }

  @Test
  void shouldPutBlanksBetweenWordsOnly_whenJoined() {
    assertThat(Words.join(List.of("New", "York"))).isEqualTo("New York");
    assertThat(Words.join(List.of("北", "京", "大学"))).isEqualTo("北京大学");
  }
}
