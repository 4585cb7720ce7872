package io.channelwise.promotion;

import io.channelwise.campaign.Campaign;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which materials a channel sends: its own (by {@code materials.csv} or a planned activity), else
 * those for any channel, else an announcement made of the campaign's own description; never a
 * rejected one.
 */
final class MaterialChoice {
  static final String ANNOUNCEMENT = "announcement";

  private final List<Material> materials;
  private final List<Activity> activities;
  private final Material announcement;
  private final Set<String> rejected;

  MaterialChoice(
      List<Material> materials,
      List<Activity> activities,
      Material announcement,
      Collection<String> rejected) {
    this.materials = List.copyOf(materials);
    this.activities = List.copyOf(activities);
    this.announcement = announcement;
    this.rejected =
        rejected.stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  static Material announcement(Campaign campaign) {
    boolean chinese = campaign.locale().equals("zh");
    String title =
        chinese
            ? "%s 推出 %s".formatted(campaign.company(), campaign.product())
            : "%s introduces %s".formatted(campaign.company(), campaign.product());
    String body = campaign.description().isBlank() ? title : campaign.description();
    return new Material(ANNOUNCEMENT, ANNOUNCEMENT, null, title, body);
  }

  /** The channel's materials, each with the channel set; empty when all are rejected. */
  List<Material> of(String channel) {
    Set<String> planned =
        activities.stream()
            .filter(a -> a.channel().equals(channel))
            .map(Activity::material)
            .collect(Collectors.toSet());
    List<Material> own =
        allowed(
            materials.stream()
                .filter(m -> channel.equals(m.channel()) || planned.contains(m.material())));
    if (!own.isEmpty()) {
      return on(channel, own);
    }
    List<Material> any = allowed(materials.stream().filter(m -> m.channel() == null));
    return on(channel, any.isEmpty() ? allowed(Stream.of(announcement)) : any);
  }

  private List<Material> allowed(Stream<Material> candidates) {
    return candidates
        .filter(m -> !rejected.contains(m.material().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** One of each name: a material may stand in the file for several channels. */
  private static List<Material> on(String channel, List<Material> chosen) {
    return chosen.stream()
        .map(m -> new Material(m.material(), m.kind(), channel, m.title(), m.body()))
        .collect(
            Collectors.toMap(Material::material, m -> m, (first, second) -> first, TreeMap::new))
        .values()
        .stream()
        .toList();
  }
}
