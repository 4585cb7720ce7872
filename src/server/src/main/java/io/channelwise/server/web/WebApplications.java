package io.channelwise.server.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * The settings files of Cockpit, Tasklist and Admin: their own, with our name and a way back to our
 * login when a session ends, as their own login form is closed.
 */
@Controller
@Hidden
class WebApplications {
  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);
  private static final MediaType STYLE = new MediaType("text", "css", StandardCharsets.UTF_8);
  private static final Set<String> NAMES = Set.of("cockpit", "tasklist", "admin", "welcome");
  private static final String FOLDER = "META-INF/resources/webjars/camunda/app/";
  private static final String EXPORT = "export default {";

  private static final String BACK_TO_LOGIN =
      """
      function backToLogin() {
        if (location.hash.indexOf('#/login') === 0) { location.replace('/login'); }
      }
      addEventListener('hashchange', backToLogin);
      backToLogin();

      """;

  /**
   * Before Tasklist draws a form, what the forms call is there. Who is not in one of our groups
   * gets none of it, and no task either.
   */
  private static final String FORM_SCRIPTS =
      """
      try {
        await import('/forms/charts.js');
        await import('/forms/briefing.js');
        await import('/forms/controls.js');
        await import('/forms/opportunity.js');
        await import('/forms/plan.js');
        await import('/forms/form.js');
      } catch (refused) {
        console.warn('The scripts of the task forms are not there.', refused);
      }

      """;

  /** The campaign of a task is shown in the list as a whole, not behind a fold. */
  private static final String TASKLIST_STYLE =
      """
      .task-card-details { max-height: none; }
      .task-card-details .shutter { display: none; }
      """;

  @GetMapping("/camunda/app/tasklist/styles/user-styles.css")
  @ResponseBody
  ResponseEntity<String> tasklistStyle() {
    return ResponseEntity.ok().contentType(STYLE).body(TASKLIST_STYLE);
  }

  @GetMapping("/camunda/app/{name}/scripts/config.js")
  @ResponseBody
  ResponseEntity<String> config(@PathVariable("name") String name) throws IOException {
    if (!NAMES.contains(name)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    String own =
        new ClassPathResource(FOLDER + name + "/scripts/config.js")
            .getContentAsString(StandardCharsets.UTF_8);
    String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    String ours = EXPORT + "\n  app: {name: '" + title + "', vendor: 'Channelwise'},";
    String first = name.equals("tasklist") ? BACK_TO_LOGIN + FORM_SCRIPTS : BACK_TO_LOGIN;
    return ResponseEntity.ok().contentType(SCRIPT).body(own.replace(EXPORT, first + ours));
  }
}
