package io.channelwise.server.deal;

import io.channelwise.deal.DealClosedException;
import io.channelwise.deal.InvalidReplyException;
import io.channelwise.deal.LinkExpiredException;
import io.channelwise.deal.LinkForgedException;
import io.channelwise.deal.LinkUsedException;
import io.channelwise.deal.OfferSupersededException;
import io.channelwise.deal.ReplyRefusedException;
import io.channelwise.deal.UnknownDealException;
import io.channelwise.server.web.Languages;
import io.channelwise.server.web.Problems;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Why an answer was not taken, as a problem document. */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ReplyProblems {
  private final Problems problems;

  ReplyProblems(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(ReplyRefusedException e, Locale locale) {
    HttpStatus status = status(e);
    return answer(problems.withDetail(status, code(e), locale, Languages.text(e.text(), locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(UnknownDealException e, Locale locale) {
    return answer(problems.withDetail(HttpStatus.NOT_FOUND, "unknown-id", locale, e.getMessage()));
  }

  static HttpStatus status(ReplyRefusedException refused) {
    if (refused instanceof LinkForgedException) {
      return HttpStatus.FORBIDDEN;
    }
    if (refused instanceof LinkExpiredException) {
      return HttpStatus.GONE;
    }
    return refused instanceof InvalidReplyException
        ? HttpStatus.UNPROCESSABLE_ENTITY
        : HttpStatus.CONFLICT;
  }

  private static String code(ReplyRefusedException refused) {
    if (refused instanceof LinkForgedException) {
      return "link-forged";
    }
    if (refused instanceof LinkExpiredException) {
      return "link-expired";
    }
    if (refused instanceof LinkUsedException) {
      return "link-used";
    }
    if (refused instanceof OfferSupersededException) {
      return "offer-superseded";
    }
    return refused instanceof DealClosedException ? "deal-closed" : "invalid-reply";
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
