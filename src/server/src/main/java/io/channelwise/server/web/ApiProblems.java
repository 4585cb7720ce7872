package io.channelwise.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.channelwise.campaign.CampaignExistsException;
import io.channelwise.campaign.Finding;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.InvalidRowQueryException;
import io.channelwise.campaign.Text;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.feedback.UnknownDatasetException;
import io.channelwise.model.UnknownTrainingException;
import io.channelwise.plan.InvalidPlanException;
import io.channelwise.plan.NoPlanSearchException;
import io.channelwise.promotion.SharingRefusedException;
import io.channelwise.replay.InvalidReplayException;
import io.channelwise.replay.NothingToReplayException;
import io.channelwise.research.InvalidWeightsException;
import io.channelwise.research.NoRankingException;
import io.channelwise.support.InvalidTicketException;
import io.channelwise.support.UnknownTicketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns every exception of our API into a problem document; a user never sees a stack trace. */
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  private final Problems problems;

  ApiProblems(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(ApiException e, Locale locale) {
    return answer(problems.of(e.status(), e.code(), locale, e.arguments()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(UnknownCampaignException e, Locale locale) {
    return answer(problems.of(HttpStatus.NOT_FOUND, "unknown-campaign", locale, e.campaignKey()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(CampaignExistsException e, Locale locale) {
    return answer(problems.of(HttpStatus.CONFLICT, "campaign-exists", locale, e.campaignKey()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(InvalidDataException e, Locale locale) {
    List<Map<String, Object>> findings =
        e.findings().stream().map(f -> finding(f, locale)).toList();
    ProblemDetail problem =
        problems.of(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "invalid-data",
            locale,
            findings.size() + e.further(),
            findings.get(0).get("message"));
    problem.setProperty("findings", findings);
    problem.setProperty("furtherFindings", e.further());
    return answer(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(InvalidTicketException e, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.UNPROCESSABLE_ENTITY, "invalid-ticket", locale, e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(InvalidPlanException e, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "invalid-plan",
            locale,
            Languages.text(e.reason(), locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(NoPlanSearchException e, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.NOT_FOUND, "no-plan-search", locale, Languages.text(e.reason(), locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(InvalidRowQueryException e, Locale locale) {
    return answer(
        problems.withDetail(
            e.isUnknown() ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST,
            e.isUnknown() ? "no-rows" : "bad-row-query",
            locale,
            Languages.text(e.reason(), locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(InvalidWeightsException e, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "invalid-weights",
            locale,
            Languages.text(e.reason(), locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(NoRankingException e, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.NOT_FOUND, "no-ranking", locale, Languages.text(e.reason(), locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(InvalidReplayException e, Locale locale) {
    return replayRefused(e.reason(), locale);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(SharingRefusedException e, Locale locale) {
    return replayRefused(e.reason(), locale);
  }

  private ResponseEntity<ProblemDetail> replayRefused(Text reason, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "invalid-replay",
            locale,
            Languages.text(reason, locale)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(NothingToReplayException e, Locale locale) {
    return answer(
        problems.withDetail(
            HttpStatus.NOT_FOUND, "nothing-to-replay", locale, Languages.text(e.reason(), locale)));
  }

  @ExceptionHandler({
    UnknownTicketException.class,
    UnknownDatasetException.class,
    UnknownTrainingException.class
  })
  ResponseEntity<ProblemDetail> notFound(RuntimeException e, Locale locale) {
    return answer(problems.withDetail(HttpStatus.NOT_FOUND, "unknown-id", locale, e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(AccessDeniedException e, Locale locale) {
    return answer(problems.of(HttpStatus.FORBIDDEN, "forbidden", locale));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(MultipartException e, Locale locale) {
    return answer(problems.of(HttpStatus.BAD_REQUEST, "bad-upload", locale));
  }

  /** Whatever nobody thought of: logged here, once, with its cause; the caller gets a reference. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(Exception e, Locale locale) {
    String reference = UUID.randomUUID().toString();
    LOG.error("request failed reference={}", reference, e);
    return answer(problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", locale, reference));
  }

  /** The framework's own refusals: our type and title, its detail (which parameter, say). */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e, Object body, HttpHeaders headers, HttpStatusCode code, WebRequest request) {
    HttpStatus status = HttpStatus.valueOf(code.value());
    Locale locale = LocaleContextHolder.getLocale();
    String problemCode = ErrorPages.code(status);
    ProblemDetail problem =
        body instanceof ProblemDetail given && given.getDetail() != null
            ? problems.withDetail(status, problemCode, locale, given.getDetail())
            : problems.of(status, problemCode, locale);
    return new ResponseEntity<>(problem, headers(headers), status);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Locale locale = LocaleContextHolder.getLocale();
    ProblemDetail problem;
    if (e.getCause() instanceof JsonProcessingException json && json.getLocation() != null) {
      problem =
          problems.of(
              HttpStatus.BAD_REQUEST,
              "bad-json",
              locale,
              json.getLocation().getLineNr(),
              json.getLocation().getColumnNr(),
              reason(json));
    } else {
      problem = problems.of(HttpStatus.BAD_REQUEST, "no-body", locale);
    }
    return new ResponseEntity<>(problem, headers(headers), HttpStatus.BAD_REQUEST);
  }

  @Override
  protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem =
        problems.of(HttpStatus.PAYLOAD_TOO_LARGE, "too-large", LocaleContextHolder.getLocale());
    return new ResponseEntity<>(problem, headers(headers), HttpStatus.PAYLOAD_TOO_LARGE);
  }

  @Override
  protected ResponseEntity<Object> handleMissingServletRequestPart(
      MissingServletRequestPartException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem =
        problems.of(
            HttpStatus.BAD_REQUEST,
            "missing-part",
            LocaleContextHolder.getLocale(),
            e.getRequestPartName());
    return new ResponseEntity<>(problem, headers(headers), HttpStatus.BAD_REQUEST);
  }

  private static Map<String, Object> finding(Finding finding, Locale locale) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", finding.file());
    fields.put("row", finding.row());
    fields.put("column", finding.column());
    fields.put("found", finding.found());
    fields.put("expected", finding.expected());
    fields.put("message", Languages.text(finding.message(), locale));
    return fields;
  }

  /** In the caller's terms: the reader's own message names our classes. */
  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "the field %s is not known; expected one of %s"
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (e instanceof MismatchedInputException mismatched) {
      String field =
          mismatched.getPath().stream()
              .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
              .collect(Collectors.joining("."));
      return field.isEmpty()
          ? "the value has the wrong type"
          : "the field %s has a value of the wrong type".formatted(field);
    }
    return e.getOriginalMessage().lines().limit(1).collect(Collectors.joining());
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static HttpHeaders headers(HttpHeaders given) {
    HttpHeaders headers = new HttpHeaders();
    headers.addAll(given);
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return headers;
  }
}
