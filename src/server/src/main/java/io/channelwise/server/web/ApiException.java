package io.channelwise.server.web;

import org.springframework.http.HttpStatus;

/** Ends a request with the problem document of a code; see {@link Problems#of}. */
public final class ApiException extends RuntimeException {
  private final HttpStatus status;
  private final String code;
  private final transient Object[] arguments;

  public ApiException(HttpStatus status, String code, Object... arguments) {
    super(status + " " + code);
    this.status = status;
    this.code = code;
    this.arguments = arguments.clone();
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  Object[] arguments() {
    return arguments.clone();
  }
}
