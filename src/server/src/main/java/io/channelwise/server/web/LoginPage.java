package io.channelwise.server.web;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The login form of everything. */
@Controller
@Hidden
class LoginPage {
  @GetMapping("/login")
  String login() {
    return "login";
  }
}
