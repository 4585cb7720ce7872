package io.channelwise.server.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

  private static final List<String> NAMES =
      List.of("charts", "briefing", "controls", "opportunity", "plan", "form");

  private final Map<String, String> scripts = new TreeMap<>();

  FormScript() throws IOException {
    for (String name : NAMES) {
      scripts.put(
          name,
          new ClassPathResource("static/forms/" + name + ".js")
              .getContentAsString(StandardCharsets.UTF_8));
    }
  }

  @GetMapping("/forms/{name:charts|briefing|controls|opportunity|plan|form}.js")
  @ResponseBody
  ResponseEntity<String> script(@PathVariable("name") String name) {
    return answer(scripts.get(name));
  }

  private static ResponseEntity<String> answer(String script) {
    return ResponseEntity.ok()
        .contentType(SCRIPT)
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate())
        .body(script);
  }
}
