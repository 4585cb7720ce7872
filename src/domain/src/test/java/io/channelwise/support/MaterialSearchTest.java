package io.channelwise.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaterialSearchTest {
  private static final TrainingMaterial INVOICES =
      new TrainingMaterial(
          "billing-guide", null, "Invoices and refunds", "How to download invoices.", "en");
  private static final TrainingMaterial KEYS =
      new TrainingMaterial(
          "api-keys", null, "API keys", "Create a key on the console; rotate keys monthly.", "en");

  @Test
  void shouldCountWordsAndPairsOfHanCharacters() {
    assertThat(MaterialSearch.counts("Invoices, the invoice! 发票错误 API"))
        .isEqualTo(Map.of("invoice", 2L, "发票", 1L, "票错", 1L, "错误", 1L, "api", 1L));
  }

  @Test
  void shouldWeighAsByHand() {
    // Two materials "alpha" and "beta" (name, title twice, body): four occurrences of one term.
    var search =
        new MaterialSearch(
            List.of(
                new TrainingMaterial("alpha", null, "alpha", "alpha", "en"),
                new TrainingMaterial("beta", null, "beta", "beta", "en")));

    // Query "alpha beta": both weigh ln 3, norm √2 ln 3; cosine with (alpha) is 1 / √2.
    assertThat(search.best("alpha beta", "").orElseThrow().score())
        .isEqualTo(1 / Math.sqrt(2), within(1e-12));
    // Two unseen terms of the same weight: 1 / √3.
    assertThat(search.best("alpha gamma delta", "").orElseThrow().score())
        .isEqualTo(1 / Math.sqrt(3), within(1e-12));
  }

  @Test
  void shouldFindTheFittingMaterial() {
    var search = new MaterialSearch(List.of(KEYS, INVOICES));

    assertThat(search.best("Where do I find my invoice?", "").orElseThrow().material())
        .isEqualTo(INVOICES);
    assertThat(search.best("My key was leaked", "").orElseThrow().material()).isEqualTo(KEYS);
    assertThat(search.best("Hello there", "")).isEmpty();
    assertThat(search.best("Hello there", "billing unheard").orElseThrow().material())
        .isEqualTo(INVOICES);
    assertThat(search.best("My key was leaked", "unheard"))
        .isEqualTo(search.best("My key was leaked", ""));
    assertThat(search.best("!!!", "")).isEmpty();
    assertThat(new MaterialSearch(List.of()).best("anything", "")).isEmpty();
  }

  @Test
  void shouldFindChineseMaterial() {
    var refund = new TrainingMaterial("退款", null, "退款说明", "七日内可申请退款，款项原路退回。", "zh");
    var login = new TrainingMaterial("登录", null, "登录问题", "忘记密码时请点击重置密码。", "zh");

    assertThat(
            new MaterialSearch(List.of(refund, login))
                .best("我想申请退款，怎么办？", "")
                .orElseThrow()
                .material())
        .isEqualTo(refund);
  }

  @Test
  void shouldQuoteThePassageThatFits_whenTheBodyIsLong() {
    String filler = "Our company was founded long ago and likes to talk about it. ".repeat(12);
    String quote =
        AnswerText.quote("How do I rotate a key?", filler + "To rotate a key, open the console.");

    assertThat(quote).isEqualTo("… To rotate a key, open the console. …");
    assertThat(AnswerText.quote("x", "短文。")).isEqualTo("短文。");
    assertThat(AnswerText.quote("x", "字".repeat(5000)).length()).isLessThanOrEqualTo(604);
  }

  @Test
  void shouldTellTheLanguageByScript() {
    assertThat(Language.of("How much is it?")).isEqualTo("en");
    assertThat(Language.of("API 报错 timeout")).isEqualTo("zh");
    assertThat(Language.of("The word 渠道 means channel in the Chinese edition")).isEqualTo("en");
    assertThat(Language.of("12345")).isEqualTo("en");
  }
}
