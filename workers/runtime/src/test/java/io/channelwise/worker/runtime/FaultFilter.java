package io.channelwise.worker.runtime;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets requests of the engine's REST API fail, as a proxy or a dying engine would. */
final class FaultFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** What happens to a request. */
  enum Fault {
    /** Answered 503 without reaching the engine. */
    UNAVAILABLE,
    /** The engine does it, but the answer is lost. */
    ANSWER_LOST
  }

  private record Rule(String pathEnd, Fault fault, AtomicInteger left) {}

  private final transient List<Rule> rules = new CopyOnWriteArrayList<>();
  private final transient List<String> seen = new CopyOnWriteArrayList<>();
  private final transient List<String> tokens = new CopyOnWriteArrayList<>();

  void fail(String pathEnd, Fault fault, int times) {
    rules.add(new Rule(pathEnd, fault, new AtomicInteger(times)));
  }

  void clear() {
    rules.clear();
    seen.clear();
  }

  long count(String pathEnd) {
    return seen.stream().filter(path -> path.endsWith(pathEnd)).count();
  }

  List<String> tokens() {
    return tokens;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    seen.add(request.getRequestURI());
    tokens.add(String.valueOf(request.getHeader("Authorization")));
    for (Rule rule : rules) {
      if (request.getRequestURI().endsWith(rule.pathEnd()) && rule.left().getAndDecrement() > 0) {
        if (rule.fault() == Fault.ANSWER_LOST) {
          chain.doFilter(request, response);
          response.reset();
        }
        response.sendError(503, "fault for the test");
        return;
      }
    }
    chain.doFilter(request, response);
  }
}
