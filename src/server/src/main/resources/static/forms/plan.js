/*
 * Lets a person make up a business model with sliders and see at once what to expect of it.
 *
 *   cwPlan.attach(element, { campaignKey, cycle, locale, choose: function (planId) {} })
 *
 * Needs briefing.js. Each change asks POST /api/campaigns/{key}/plans/evaluation, which stores
 * nothing; only the plans that the search proposed can be chosen, so `choose` is given one of them.
 * No libraries, no markup from data: every text goes in as text.
 */
(function () {
  'use strict';

  var WAIT = 80; // ms without a further change before a plan is evaluated
  var WORDS = {
    en: {
      title: 'Try another plan',
      about: 'Move the sliders: the figures are computed again at once. Nothing is stored.',
      pricing: 'Pricing model', price: 'Price', service: 'Service level', channels: 'Channels',
      atMost: 'at most', back: 'Back to the recommended plan', take: 'Choose the nearest proposed plan',
      figure: 'Figure', value: 'This plan', range: 'In nine cases of ten', gained: 'Against the recommended plan',
      marketShare: 'Market share', revenue: 'Revenue', satisfaction: 'Satisfaction', customers: 'Customers',
      quality: 'Technical quality', keeps: 'Keeps all constraints', cases: 'of the cases',
      wish: 'Or wish for figures', find: 'Find the nearest plan', nearest: 'Nearest proposed plan',
      chosen: 'Chosen below', points: 'points', inputs: 'What it is computed with', failed: 'The plan could not be evaluated'
    },
    zh: {
      title: '试算其他方案',
      about: '移动滑块，指标立即重新计算；不会保存任何内容。',
      pricing: '定价模式', price: '价格', service: '服务水平', channels: '渠道',
      atMost: '最多', back: '回到推荐方案', take: '选择最接近的候选方案',
      figure: '指标', value: '此方案', range: '十分之九情形下', gained: '与推荐方案相比',
      marketShare: '市场占有率', revenue: '收入', satisfaction: '满意度', customers: '客户数',
      quality: '技术质量', keeps: '满足全部约束', cases: '的情形',
      wish: '或给出期望指标', find: '查找最接近的方案', nearest: '最接近的候选方案',
      chosen: '已在下方选中', points: '个百分点', inputs: '计算所用的数据', failed: '无法评估该方案'
    }
  };
  var STYLE =
    '.cwp{border:1px solid #d5dce4;border-radius:8px;padding:12px 16px;margin:0 0 18px;background:#f6f8fa;font-size:14px;color:#1d2733}' +
    '.cwp h4{font-size:15px;margin:0 0 2px;font-weight:600}' +
    '.cwp p{margin:0 0 8px;color:#45525f}' +
    '.cwp-row{display:flex;flex-wrap:wrap;align-items:center;gap:10px;margin:6px 0}' +
    '.cwp-row>label:first-child{min-width:120px;margin:0;font-weight:600}' +
    '.cwp-row input[type=range]{flex:1 1 220px;max-width:380px}' +
    '.cwp-row output{min-width:90px;font-variant-numeric:tabular-nums;padding:0}' +
    '.cwp-row input[type=number]{width:120px}' +
    '.cwp-check{font-weight:400;margin:0 12px 0 0}' +
    '.cwp table{border-collapse:collapse;margin:8px 0;font-size:13px}' +
    '.cwp th,.cwp td{padding:4px 18px 4px 0;border-bottom:1px solid #e6ebf0;text-align:right;font-variant-numeric:tabular-nums}' +
    '.cwp th:first-child,.cwp td:first-child{text-align:left}' +
    '.cwp-reasons{margin:6px 0;padding-left:18px}' +
    '.cwp-bad{color:#a1301f;font-weight:600}';

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = text; }
    return made;
  }

  function addStyle() {
    if (!document.getElementById('cwp-style')) {
      var style = element('style', null, STYLE);
      style.id = 'cwp-style';
      document.head.appendChild(style);
    }
  }

  function input(type, id, attributes) {
    var made = element('input');
    made.type = type;
    made.id = id;
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  function row(labelText, control, further) {
    var made = element('div', 'cwp-row');
    var label = element('label', null, labelText);
    if (control.id) { label.htmlFor = control.id; }
    made.appendChild(label);
    made.appendChild(control);
    if (further) { made.appendChild(further); }
    return made;
  }

  function Panel(target, board, options) {
    var lang = String(options.locale || '').indexOf('zh') === 0 ? 'zh' : 'en';
    var words = WORDS[lang];
    var number = function (value, digits) {
      return new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: digits })
        .format(value);
    };
    var percent = function (value) { return number(100 * value, 1) + ' %'; };
    var signed = function (value, text) { return (value > 0 ? '+' : '') + text; };
    var recommended = board.plans[0];
    var path = '/api/campaigns/' + encodeURIComponent(options.campaignKey) + '/plans/';
    var timer = null, asked = 0, nearest = null;

    var box = element('section', 'cwp');
    box.lang = lang === 'zh' ? 'zh-CN' : 'en';
    box.appendChild(element('h4', null, words.title));
    box.appendChild(element('p', null, words.about));

    var pricing = element('select', 'form-control');
    pricing.id = 'cwp-pricing';
    pricing.style.width = 'auto';
    board.pricingModels.forEach(function (model) {
      pricing.add(new Option(model.label[lang] || model.label.en, model.code));
    });
    var price = input('range', 'cwp-price', { min: board.priceMin, max: board.priceMax, step: board.priceStep });
    var priceShown = element('output');
    var service = input('range', 'cwp-service', { min: board.serviceMin, max: board.serviceMax, step: board.serviceStep });
    var serviceShown = element('output');
    var channels = element('span');
    var boxes = board.channels.map(function (channel, i) {
      var check = input('checkbox', 'cwp-channel-' + i);
      check.value = channel;
      var label = element('label', 'cwp-check');
      label.appendChild(check);
      label.appendChild(document.createTextNode(' ' + channel));
      channels.appendChild(label);
      return check;
    });
    box.appendChild(row(words.pricing, pricing));
    box.appendChild(row(words.price, price, priceShown));
    box.appendChild(row(words.service, service, serviceShown));
    box.appendChild(row(words.channels + ' (' + words.atMost + ' ' + board.channelsMax + ')', channels));

    var wishes = ['marketShare', 'revenue', 'satisfaction'].map(function (name) {
      var field = input('number', 'cwp-wish-' + name, { step: 'any' });
      field.placeholder = words[name] + (name === 'revenue' ? ', ' + board.currency : ', %');
      field.setAttribute('aria-label', field.placeholder);
      return { name: name, field: field };
    });
    var wishRow = element('div', 'cwp-row');
    wishRow.appendChild(element('label', null, words.wish));
    wishes.forEach(function (wish) { wishRow.appendChild(wish.field); });
    var find = element('button', 'btn btn-default btn-sm', words.find);
    find.type = 'button';
    wishRow.appendChild(find);
    box.appendChild(wishRow);

    var result = element('div');
    result.setAttribute('aria-live', 'polite');
    box.appendChild(result);
    var buttons = element('div', 'cwp-row');
    var back = element('button', 'btn btn-default btn-sm', words.back);
    back.type = 'button';
    var take = element('button', 'btn btn-default btn-sm', words.take);
    take.type = 'button';
    var taken = element('span');
    var inputs = element('a', null, words.inputs);
    inputs.href = path + 'inputs?cycle=' + encodeURIComponent(board.cycle);
    inputs.target = '_blank';
    inputs.rel = 'noopener';
    [back, take, inputs, taken].forEach(function (part) { buttons.appendChild(part); });
    box.appendChild(buttons);
    target.textContent = '';
    target.appendChild(box);

    function label() {
      priceShown.textContent = number(Number(price.value), 4) + ' ' + board.currency;
      serviceShown.textContent = percent(Number(service.value));
    }

    function show(plan) {
      pricing.value = plan.pricingModel;
      price.value = plan.price;
      service.value = plan.serviceLevel;
      boxes.forEach(function (check) { check.checked = plan.channels.indexOf(check.value) >= 0; });
      evaluate();
    }

    function send(url, body) {
      return window.cwBriefing.request(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept-Language': lang },
        body: JSON.stringify(body)
      });
    }

    function refuse(error) {
      result.textContent = '';
      result.appendChild(element('p', 'cwp-bad', words.failed + ': ' + error.message));
      nearest = null;
      take.disabled = true;
    }

    function evaluate() {
      label();
      clearTimeout(timer);
      taken.textContent = '';
      timer = setTimeout(function () {
        var turn = ++asked;
        send(path + 'evaluation', {
          cycle: board.cycle, pricingModel: pricing.value, price: Number(price.value),
          serviceLevel: Number(service.value),
          channels: boxes.filter(function (c) { return c.checked; }).map(function (c) { return c.value; })
        }).then(function (answer) {
          if (turn === asked) { draw(answer); }
        }).catch(function (error) {
          if (turn === asked) { refuse(error); }
        });
      }, WAIT);
    }

    function line(body, cells) {
      var tr = element('tr');
      cells.forEach(function (text) { tr.appendChild(element('td', null, text)); });
      body.appendChild(tr);
    }

    function draw(answer) {
      var plan = answer.expected, ranges = answer.ranges;
      var table = element('table'), head = element('tr'), body = element('tbody');
      [words.figure, words.value, words.range, words.gained].forEach(function (text) {
        var th = element('th', null, text);
        th.scope = 'col';
        head.appendChild(th);
      });
      var thead = element('thead');
      thead.appendChild(head);
      table.appendChild(thead);
      line(body, [words.marketShare, percent(plan.marketShare),
        percent(ranges.marketShareLow) + ' – ' + percent(ranges.marketShareHigh),
        signed(answer.marketShareGained, number(100 * answer.marketShareGained, 1) + ' ' + words.points)]);
      line(body, [words.revenue + ', ' + board.currency, number(plan.revenue, 0),
        number(ranges.revenueLow, 0) + ' – ' + number(ranges.revenueHigh, 0),
        signed(answer.revenueGained, number(answer.revenueGained, 0))]);
      line(body, [words.satisfaction, percent(plan.satisfaction),
        percent(ranges.satisfactionLow) + ' – ' + percent(ranges.satisfactionHigh),
        signed(answer.satisfactionGained, number(100 * answer.satisfactionGained, 1) + ' ' + words.points)]);
      line(body, [words.customers, number(plan.customers, 0), '', '']);
      line(body, [words.quality, percent(plan.technicalQuality), '', '']);
      line(body, [words.keeps, percent(ranges.keepsConstraints) + ' ' + words.cases, '', '']);
      table.appendChild(body);
      var reasons = element('ul', 'cwp-reasons');
      answer.reasons.forEach(function (reason) {
        reasons.appendChild(element('li', plan.feasible && !answer.betterPlanId ? null : 'cwp-bad',
          reason[lang] || reason.en));
      });
      nearest = answer.nearest;
      result.textContent = '';
      result.appendChild(table);
      result.appendChild(reasons);
      result.appendChild(element('p', null, words.nearest + ': ' + nearest.name));
      take.disabled = false;
    }

    find.addEventListener('click', function () {
      var body = { cycle: board.cycle };
      wishes.forEach(function (wish) {
        if (wish.field.value !== '') {
          body[wish.name] = Number(wish.field.value) / (wish.name === 'revenue' ? 1 : 100);
        }
      });
      send(path + 'nearest', body).then(show).catch(refuse);
    });
    [pricing, price, service].concat(boxes).forEach(function (control) {
      control.addEventListener('input', evaluate);
    });
    back.addEventListener('click', function () { show(recommended); });
    take.addEventListener('click', function () {
      if (nearest) {
        options.choose(nearest.id);
        taken.textContent = words.chosen + ': ' + nearest.name;
      }
    });
    show(recommended);
  }

  /* Draws nothing where there is no search, or the caller may not see it. */
  function attach(target, options) {
    addStyle();
    if (!options.campaignKey || !options.cycle) { return Promise.resolve(); }
    return window.cwBriefing.request('/api/campaigns/' + encodeURIComponent(options.campaignKey)
      + '/plans?cycle=' + encodeURIComponent(options.cycle)).then(function (board) {
        Panel(target, board, options);
      }).catch(function () { target.textContent = ''; });
  }

  window.cwPlan = { attach: attach };
})();
