package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    Path quoted = write("\"\"\n");
    assertThatThrownBy(() -> ExampleFile.read(quoted, "text", "label"))
        .hasMessageContaining("is empty");
    Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xff, 0});
    assertThatThrownBy(() -> ExampleFile.read(binary, "text", "label"))
        .hasMessageContaining("neither UTF-8 nor GB18030");
  }

  @Test
  void shouldFindTheHeader_whenLinesBeforeItAreBlank() throws IOException {
    Path file = write("\n  \ntext;label\na,b;x\n");
    assertThat(ExampleFile.read(file, "text", "label").examples())
        .containsExactly(new Example("a,b", "x"));
  }

  @Test
  void shouldSayHowItWasRead_whenItIsNoUtf8() throws IOException {
    Path file = Files.write(folder.resolve("g.csv"), "text,label\n你好,问候\n".getBytes("GB18030"));
    assertThat(ExampleFile.read(file, "text", "label").remarks())
        .singleElement()
        .asString()
        .contains("g.csv is no UTF-8; read as GB18030.");
    Path words = Files.write(folder.resolve("g.txt"), "北京 B-LOC\n".getBytes("GB18030"));
    assertThat(ExampleFile.read(words, Task.TOKENS, Columns.of("1", "2")).remarks())
        .singleElement()
        .asString()
        .contains("read as GB18030");
    assertThat(ExampleFile.read(write("text,label\n你好,问候\n"), "text", "label").remarks()).isEmpty();
  }

  @Test
  void shouldReadPairs_whenOneTextMayBeMissing() throws IOException {
    Path file = write("Title,Review,good\n,Love it,1\nFine,,0\n,,1\nA,B,\n");
    ExampleFile.Content content =
        ExampleFile.read(file, Task.PAIR, Columns.ofPair("Title", "Review", "good"));
    assertThat(content.examples())
        .containsExactly(Example.pair("", "Love it", "1"), Example.pair("Fine", "", "0"));
    assertThat(content.emptyRows()).isEqualTo(2);
    assertThatThrownBy(() -> ExampleFile.read(file, Task.PAIR, Columns.of("Title", "good")))
        .hasMessageContaining("with --pair-column");
    assertThatThrownBy(
            () -> ExampleFile.read(file, Task.PAIR, Columns.ofPair("Title", "Body", "good")))
        .hasMessageContaining("no column Body; found [Title, Review, good]")
        .hasMessageContaining("--pair-column");
    assertThatThrownBy(
            () -> ExampleFile.read(file, Task.SEQUENCE, Columns.ofPair("Title", "Review", "good")))
        .hasMessageContaining("Take --task pair");
  }

  @Test
  void shouldReadSetsOfLabels_whenTheyMayBeEmpty() throws IOException {
    Path file = write("text,label\na,x | y|x\nb,\n,z\nc,x;y\n");
    ExampleFile.Content bars =
        ExampleFile.read(file, Task.MULTI_LABEL, Columns.of("text", "label"));
    assertThat(bars.examples())
        .containsExactly(
            new Example(List.of("a"), List.of("x", "y")),
            new Example(List.of("b"), List.of()),
            new Example(List.of("c"), List.of("x;y")));
    assertThat(bars.emptyRows()).isEqualTo(1);
    Columns semicolons = new Columns("text", null, "label", ";");
    assertThat(ExampleFile.read(file, Task.MULTI_LABEL, semicolons).examples().get(2).labels())
        .containsExactly("x", "y");
  }

  @Test
  void shouldAskForNumbers_whenColumnsOfWordsAreNamed() throws IOException {
    Path file = write("Ann B-PER\n");
    assertThat(ExampleFile.read(file, Task.TOKENS, Columns.of("text", "label")).examples())
        .containsExactly(Example.tagged(List.of("Ann"), List.of("B-PER")));
    assertThat(ExampleFile.read(file, Task.TOKENS, Columns.of("1", "2")).examples()).hasSize(1);
    assertThat(ExampleFile.readInputs(file, Task.TOKENS, Columns.of("1", "")).inputs())
        .containsExactly(List.of("Ann"));
    assertThatThrownBy(() -> ExampleFile.read(file, Task.TOKENS, Columns.of("word", "tag")))
        .hasMessageContaining("--text-column is word")
        .hasMessageContaining("give a number from 1");
  }

  @Test
  void shouldCountBlankRows_whenTextsAreRead() throws IOException {
    Path file = write("text,label\na,x\n ,y\n\"\",\nb,\n");
    ExampleFile.Unlabelled texts =
        ExampleFile.readInputs(file, Task.SEQUENCE, Columns.of("text", ""));
    assertThat(texts.inputs()).containsExactly(List.of("a"), List.of("b"));
    assertThat(texts.emptyRows()).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhatIsUnclear_andSayWhatToDo() throws IOException {
    Path twice = write("text,Label,label\na,x,y\n");
    assertThatThrownBy(() -> ExampleFile.read(twice, "text", "label"))
        .hasMessageContaining("has 2 columns called label")
        .hasMessageContaining("--label-column");
    Path csv = write("text,label\nWhere is it,question\n");
    assertThatThrownBy(() -> ExampleFile.read(csv, Task.TOKENS, Columns.of("text", "label")))
        .hasMessageContaining("CSV files are for the tasks sequence, pair and multi-label");
    assertThatThrownBy(() -> ExampleFile.read(folder, "text", "label"))
        .hasMessageContaining("is a folder; name a file");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), content);
  }
}
