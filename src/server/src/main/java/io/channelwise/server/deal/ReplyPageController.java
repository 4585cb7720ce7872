package io.channelwise.server.deal;

import io.channelwise.deal.DealReply;
import io.channelwise.deal.DealService;
import io.channelwise.deal.InvalidReplyException;
import io.channelwise.deal.PartnerOffer;
import io.channelwise.deal.Reply;
import io.channelwise.deal.ReplyOutcome;
import io.channelwise.deal.ReplyRefusedException;
import io.channelwise.server.web.ApiException;
import io.channelwise.server.web.Languages;
import io.channelwise.server.web.RateLimit;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.util.WebUtils;

/** The page behind a partner's link: the offer, and three ways to answer it. */
@Controller
@Hidden
class ReplyPageController {
  private static final String VIEW = "reply";

  private final DealService deals;
  private final ReplyCorrelation correlation;
  private final RateLimit rateLimit;
  private final LocaleResolver locales;

  ReplyPageController(
      DealService deals,
      ReplyCorrelation correlation,
      RateLimit rateLimit,
      LocaleResolver locales) {
    this.deals = deals;
    this.correlation = correlation;
    this.rateLimit = rateLimit;
    this.locales = locales;
  }

  @GetMapping("/reply/{token}")
  String page(
      @PathVariable("token") String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      rateLimit.requireLeft(request.getRemoteAddr(), token);
      show(token, request, model);
    } catch (ReplyRefusedException e) {
      refuse(e, request, response, model);
    } catch (ApiException e) {
      tooMany(response, model);
    }
    return VIEW;
  }

  @PostMapping(
      path = "/api/deals/{token}/reply",
      consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  String answer(
      @PathVariable("token") String token,
      @RequestParam(name = "outcome", defaultValue = "") String outcome,
      @RequestParam(name = "revenueSharePercent", defaultValue = "") String sharePercent,
      @RequestParam(name = "fixedFee", defaultValue = "") String fixedFee,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      rateLimit.requireLeft(request.getRemoteAddr(), token);
      show(token, request, model);
      DealReply reply = deals.reply(token, reply(outcome, sharePercent, fixedFee));
      correlation.offer(reply);
      model.addAttribute("answered", reply.outcome().text());
    } catch (InvalidReplyException e) {
      response.setStatus(422);
      model.addAttribute("invalid", Languages.text(e.text(), locales.resolveLocale(request)));
    } catch (NumberFormatException e) {
      response.setStatus(422);
      model.addAttribute("notANumber", true);
    } catch (ReplyRefusedException e) {
      refuse(e, request, response, model);
    } catch (ApiException e) {
      tooMany(response, model);
    }
    return VIEW;
  }

  private void show(String token, HttpServletRequest request, Model model) {
    PartnerOffer offer = deals.open(token);
    boolean chosen =
        request.getParameter("lang") != null
            || WebUtils.getCookie(request, "CHANNELWISE_LANG") != null;
    if (!chosen) {
      // The partner reads the campaign's language until they choose another one.
      request.setAttribute(
          CookieLocaleResolver.LOCALE_REQUEST_ATTRIBUTE_NAME,
          Locale.forLanguageTag(offer.locale()));
    }
    model.addAttribute("token", token);
    model.addAttribute("offer", offer);
  }

  private static Reply reply(String outcome, String sharePercent, String fixedFee) {
    ReplyOutcome known = null;
    for (ReplyOutcome candidate : ReplyOutcome.values()) {
      if (candidate.text().equals(outcome)) {
        known = candidate;
      }
    }
    if (known != ReplyOutcome.COUNTER) {
      return new Reply(known, null, null);
    }
    Double percent = number(sharePercent);
    return Reply.counter(percent == null ? null : percent / 100, number(fixedFee));
  }

  private static Double number(String text) {
    String plain = text.strip().replace(",", "");
    return plain.isEmpty() ? null : Double.valueOf(plain);
  }

  private void refuse(
      ReplyRefusedException refused,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    response.setStatus(ReplyProblems.status(refused).value());
    model.addAttribute("refused", Languages.text(refused.text(), locales.resolveLocale(request)));
  }

  private static void tooMany(HttpServletResponse response, Model model) {
    response.setStatus(429);
    model.addAttribute("tooMany", true);
  }
}
