package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.channel.EventCount;
import io.channelwise.steering.MaterialRanking.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Wilson intervals by hand, z = 1.959964: 30 of 100 lie in 0.2189 to 0.3958, 20 in 0.1334 to
 * 0.2888, 12 in 0.0700 to 0.1981.
 */
class MaterialVerdictTest {

  private static EventCount count(String channel, String segment, String type, long events) {
    return new EventCount(channel, segment, type, events, 0, 0);
  }

  /** The segment clicks one in five. */
  private static List<EventCount> oneInFive() {
    return List.of(
        count("alpha", "shops", "view", 400),
        count("alpha", "shops", "click", 80),
        count("alpha", "shops", "purchase", 70),
        count("beta", "shops", "view", 100),
        count("beta", "shops", "click", 20));
  }

  @Test
  void shouldJudgeWhatIsClearOnly() {
    List<Seen> seen =
        List.of(
            new Seen("good", "shops", 100, 30),
            new Seen("bad", "shops", 100, 12),
            new Seen("usual", "shops", 100, 20),
            new Seen("young", "shops", 29, 29),
            new Seen("good", "nobody", 100, 30));

    List<MaterialVerdict> verdicts = MaterialVerdict.of(seen, oneInFive());

    assertThat(verdicts)
        .containsExactly(
            new MaterialVerdict("shops", "bad", false, 100, 12),
            new MaterialVerdict("shops", "good", true, 100, 30));
    List<Seen> other = new ArrayList<>(seen);
    Collections.reverse(other);
    assertThat(MaterialVerdict.of(other, oneInFive())).isEqualTo(verdicts);
  }

  @Test
  void shouldAddUpTheChannels_andCountAViewForEachClick() {
    List<MaterialVerdict> verdicts =
        MaterialVerdict.of(
            List.of(new Seen("case", "shops", 70, 0), new Seen("case", "shops", 0, 10)),
            List.of(
                count("alpha", "shops", "view", 70),
                // Views of beta are not recorded: its clicks are views, and lend none to alpha.
                count("beta", "shops", "click", 30)));

    // 10 of 80 lie in 0.0693 to 0.2150; the segment clicks 30 of 100.
    assertThat(verdicts).containsExactly(new MaterialVerdict("shops", "case", false, 80, 10));
  }

  @Test
  void shouldSayNothing_withoutEvents() {
    assertThat(MaterialVerdict.of(List.of(), List.of())).isEmpty();
    assertThat(MaterialVerdict.of(List.of(new Seen("case", "shops", 50, 5)), List.of())).isEmpty();
  }
}
