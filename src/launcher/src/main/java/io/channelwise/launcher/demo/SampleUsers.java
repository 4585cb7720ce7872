package io.channelwise.launcher.demo;

import io.channelwise.launcher.local.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The people of the demonstration, one a group, with generated passwords that are kept in {@code
 * sample-users} of the data folder (mode 600). They exist only where {@code demo} ran.
 */
public final class SampleUsers {

  /** One sample person. */
  record Person(String id, String firstName, String lastName, String group) {}

  private static final List<Person> PEOPLE =
      List.of(
          new Person("lin", "Lin", "Wei (sample)", "gtm-lead"),
          new Person("maya", "Maya", "Okafor (sample)", "channel-manager"),
          new Person("feng", "Feng", "Li (sample)", "finance"),
          new Person("sam", "Sam", "Ortiz (sample)", "support-agent"),
          new Person("ada", "Ada", "Novak (sample)", "ml-engineer"));

  private final Map<String, Api> byGroup;

  private SampleUsers(Map<String, Api> byGroup) {
    this.byGroup = byGroup;
  }

  /** Creates those that are missing, as the administrator. */
  public static SampleUsers create(DataFolder folder, URI base) {
    Api admin = Api.as(base, "admin", folder.adminPassword());
    Map<String, Api> byGroup = new LinkedHashMap<>();
    StringBuilder list = new StringBuilder();
    for (Person person : PEOPLE) {
      String password = folder.secret("sample-user-" + person.id());
      if (admin.get("/engine-rest/user?id=" + person.id()).isEmpty()) {
        admin.post(
            "/engine-rest/user/create",
            Map.of(
                "profile",
                Map.of(
                    "id", person.id(),
                    "firstName", person.firstName(),
                    "lastName", person.lastName()),
                "credentials",
                Map.of("password", password)));
      }
      if (admin
          .get("/engine-rest/group?member=" + person.id() + "&id=" + person.group())
          .isEmpty()) {
        admin.put("/engine-rest/group/" + person.group() + "/members/" + person.id(), Map.of());
      }
      byGroup.put(person.group(), Api.as(base, person.id(), password));
      list.append("%s\t%s\t%s%n".formatted(person.id(), person.group(), password));
    }
    keep(folder.root().resolve("sample-users"), list.toString());
    return new SampleUsers(byGroup);
  }

  private static void keep(Path file, String text) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + file, e);
    }
  }

  /** The calls of the person in that group. */
  public Api in(String group) {
    return byGroup.get(group);
  }

  static String nameOf(String group) {
    return PEOPLE.stream()
        .filter(person -> person.group().equals(group))
        .map(Person::firstName)
        .findFirst()
        .orElseThrow();
  }

  /** The user id of the person in that group. */
  public static String idOf(String group) {
    return PEOPLE.stream()
        .filter(person -> person.group().equals(group))
        .map(Person::id)
        .findFirst()
        .orElseThrow();
  }
}
