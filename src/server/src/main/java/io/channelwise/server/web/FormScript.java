package io.channelwise.server.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The scripts of the forms in Tasklist. Served with their charset, unlike static files: a browser
 * reads a script without one in the charset of the page it is added to.
 */
@Controller
@Hidden
class FormScript {
  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);

  private final String briefing;
  private final String plan;

  FormScript() throws IOException {
    briefing = read("briefing.js");
    plan = read("plan.js");
  }

  private static String read(String name) throws IOException {
    return new ClassPathResource("static/forms/" + name).getContentAsString(StandardCharsets.UTF_8);
  }

  @GetMapping("/forms/briefing.js")
  @ResponseBody
  ResponseEntity<String> briefing() {
    return answer(briefing);
  }

  @GetMapping("/forms/plan.js")
  @ResponseBody
  ResponseEntity<String> plan() {
    return answer(plan);
  }

  private static ResponseEntity<String> answer(String script) {
    return ResponseEntity.ok()
        .contentType(SCRIPT)
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate())
        .body(script);
  }
}
