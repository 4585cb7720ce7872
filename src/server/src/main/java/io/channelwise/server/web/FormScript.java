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
 * The script of the forms in Tasklist. Served with its charset, unlike static files: a browser
 * reads a script without one in the charset of the page it is added to.
 */
@Controller
@Hidden
class FormScript {
  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);

  private final String script;

  FormScript() throws IOException {
    script =
        new ClassPathResource("static/forms/briefing.js")
            .getContentAsString(StandardCharsets.UTF_8);
  }

  @GetMapping("/forms/briefing.js")
  @ResponseBody
  ResponseEntity<String> briefing() {
    return ResponseEntity.ok()
        .contentType(SCRIPT)
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate())
        .body(script);
  }
}
