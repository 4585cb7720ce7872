package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleFileTest {
  @TempDir Path folder;

  @Test
  void shouldCountEmptyRows_whenTextOrLabelIsBlank() throws IOException {
    Path file = write("id,Text,label\n1,\"Hello, you\",greet\n2,,greet\n3,Bye,\n\n4,Bye,leave\n");

    ExampleFile.Content content = ExampleFile.read(file, "text", "label");

    assertThat(content.examples())
        .containsExactly(new Example("Hello, you", "greet"), new Example("Bye", "leave"));
    assertThat(content.emptyRows()).isEqualTo(2);
  }

  @Test
  void shouldReadChinese_whenSavedAsGb18030WithTabsOrAsUtf8WithMark() throws IOException {
    Path old =
        Files.write(
            folder.resolve("old.csv"),
            "内容\t标签\n我要退款, 谢谢\t退款\n".getBytes(Charset.forName("GB18030")));
    Path marked = write("\uFEFF内容;标签\n我要退款, 谢谢;退款\n");

    for (Path file : new Path[] {old, marked}) {
      assertThat(ExampleFile.read(file, "内容", "标签").examples())
          .containsExactly(new Example("我要退款, 谢谢", "退款"));
    }
  }

  @Test
  void shouldListTheColumnsFound_whenOneIsMissing() throws IOException {
    Path file = write("sentence,category\na,b\n");
    assertThatThrownBy(() -> ExampleFile.read(file, "text", "category"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no column text; found [sentence, category]")
        .hasMessageContaining("--text-column");
  }

  @Test
  void shouldNameTheLine_whenARowIsRagged() throws IOException {
    Path file = write("text,label\na,b\nc,d,e\n");
    assertThatThrownBy(() -> ExampleFile.read(file, "text", "label"))
        .hasMessageContaining("line 3 has 3 cells; the header has 2");
  }

  @Test
  void shouldSaySo_whenAFileIsMissingEmptyOrNoText() throws IOException {
    assertThatThrownBy(() -> ExampleFile.read(folder.resolve("none.csv"), "text", "label"))
        .hasMessageContaining("does not exist");
    Path empty = write("");
    assertThatThrownBy(() -> ExampleFile.read(empty, "text", "label"))
        .hasMessageContaining("is empty");
    Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xff, 0});
    assertThatThrownBy(() -> ExampleFile.read(binary, "text", "label"))
        .hasMessageContaining("neither UTF-8 nor GB18030");
    assertThatThrownBy(() -> ExampleFile.read(folder, "text", "label"))
        .hasMessageContaining("cannot be read");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), content);
  }
}
