/*
 * Lets a person make up a business model with sliders and see at once what to expect of it.
 *
 *   cwPlan.attach(element, { campaignKey, cycle, locale, offer: function (plan) {}, choose: function (plan) {} })
 *
 * Needs briefing.js and controls.js. Each change asks POST /api/campaigns/{key}/plans/evaluation,
 * which stores nothing. `choose` is given a plan that the search proposed, or the one of the sliders
 * after POST …/plans has stored it; `offer` each plan that people made by hand before.
 */
(function () {
  'use strict';

  var WORDS = {
    en: {
      title: 'Try another plan',
      about: 'Move the sliders: the figures are computed again at once. Nothing is stored until you choose the plan.',
      pricing: 'Pricing model', price: 'Price', service: 'Service level', channels: 'Channels',
      atMost: 'at most', back: 'Back to the recommended plan', make: 'Choose this plan', take: 'Choose the nearest proposed plan',
      figure: 'Figure', value: 'This plan', range: 'In nine cases of ten', gained: 'Against the recommended plan',
      marketShare: 'Market share', revenue: 'Revenue', satisfaction: 'Satisfaction', customers: 'Customers',
      quality: 'Technical quality', keeps: 'Keeps all constraints', cases: 'of the cases',
      wish: 'Or wish for figures', find: 'Find the nearest plan', nearest: 'Nearest proposed plan',
      chosen: 'Chosen below', points: 'points', inputs: 'What it is computed with', failed: 'The plan could not be evaluated',
      refused: 'The plan was not taken'
    },
    zh: {
      title: '试算其他方案',
      about: '移动滑块，指标立即重新计算；选择之前不会保存任何内容。',
      pricing: '定价模式', price: '价格', service: '服务水平', channels: '渠道',
      atMost: '最多', back: '回到推荐方案', make: '选择此方案', take: '选择最接近的候选方案',
      figure: '指标', value: '此方案', range: '十分之九情形下', gained: '与推荐方案相比',
      marketShare: '市场占有率', revenue: '收入', satisfaction: '满意度', customers: '客户数',
      quality: '技术质量', keeps: '满足全部约束', cases: '的情形',
      wish: '或给出期望指标', find: '查找最接近的方案', nearest: '最接近的候选方案',
      chosen: '已在下方选中', points: '个百分点', inputs: '计算所用的数据', failed: '无法评估该方案',
      refused: '未采用该方案'
    }
  };
  function Panel(target, board, options) {
    var lang = String(options.locale || '').indexOf('zh') === 0 ? 'zh' : 'en';
    var words = WORDS[lang];
    var made = window.cwControls, element = made.element, input = made.input;
    var number = made.numbers(lang);
    var percent = function (value) { return number(100 * value, 1) + ' %'; };
    var signed = function (value, text) { return (value > 0 ? '+' : '') + text; };
    var recommended = board.plans[0];
    var path = '/api/campaigns/' + encodeURIComponent(options.campaignKey) + '/plans';
    var nearest = null;

    var box = made.panel(target, lang, words.title, words.about);

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
    box.appendChild(made.row(words.pricing, [pricing]));
    box.appendChild(made.row(words.price, [price, priceShown]));
    box.appendChild(made.row(words.service, [service, serviceShown]));
    box.appendChild(made.row(words.channels + ' (' + words.atMost + ' ' + board.channelsMax + ')', [channels]));

    var wishes = ['marketShare', 'revenue', 'satisfaction'].map(function (name) {
      var field = input('number', 'cwp-wish-' + name, { step: 'any' });
      field.placeholder = words[name] + (name === 'revenue' ? ', ' + board.currency : ', %');
      field.setAttribute('aria-label', field.placeholder);
      return { name: name, field: field };
    });
    var find = made.button(words.find);
    box.appendChild(made.row(words.wish,
      wishes.map(function (wish) { return wish.field; }).concat([find])));

    var result = element('div');
    result.setAttribute('aria-live', 'polite');
    box.appendChild(result);
    var buttons = element('div', 'cwp-row');
    var back = made.button(words.back), make = made.button(words.make), take = made.button(words.take);
    var taken = element('span');
    var inputs = element('a', null, words.inputs);
    inputs.href = path + '/inputs?cycle=' + encodeURIComponent(board.cycle);
    inputs.target = '_blank';
    inputs.rel = 'noopener';
    taken.setAttribute('role', 'status');
    [back, make, take, inputs, taken].forEach(function (part) { buttons.appendChild(part); });
    box.appendChild(buttons);

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

    function madeUp() {
      return {
        cycle: board.cycle, pricingModel: pricing.value, price: Number(price.value),
        serviceLevel: Number(service.value),
        channels: boxes.filter(function (c) { return c.checked; }).map(function (c) { return c.value; })
      };
    }

    function refuse(error) {
      result.textContent = '';
      result.appendChild(element('p', 'cwp-bad', words.failed + ': ' + error.message));
      nearest = null;
      take.disabled = true;
      make.disabled = true;
    }

    var ask = made.latest(function () { return made.post(path + '/evaluation', madeUp(), lang); }, draw, refuse);

    function evaluate() {
      label();
      taken.textContent = '';
      ask();
    }

    function say(className, text) {
      taken.className = className;
      taken.textContent = text;
    }

    function choose(plan) {
      options.choose(plan);
      say('', words.chosen + ': ' + plan.name);
    }

    function draw(answer) {
      var plan = answer.expected, ranges = answer.ranges;
      var table = made.table([words.figure, words.value, words.range, words.gained], [
        [words.marketShare, percent(plan.marketShare),
          percent(ranges.marketShareLow) + ' – ' + percent(ranges.marketShareHigh),
          signed(answer.marketShareGained, number(100 * answer.marketShareGained, 1) + ' ' + words.points)],
        [words.revenue + ', ' + board.currency, number(plan.revenue, 0),
          number(ranges.revenueLow, 0) + ' – ' + number(ranges.revenueHigh, 0),
          signed(answer.revenueGained, number(answer.revenueGained, 0))],
        [words.satisfaction, percent(plan.satisfaction),
          percent(ranges.satisfactionLow) + ' – ' + percent(ranges.satisfactionHigh),
          signed(answer.satisfactionGained, number(100 * answer.satisfactionGained, 1) + ' ' + words.points)],
        [words.customers, number(plan.customers, 0), '', ''],
        [words.quality, percent(plan.technicalQuality), '', ''],
        [words.keeps, percent(ranges.keepsConstraints) + ' ' + words.cases, '', '']
      ], [0]);
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
      make.disabled = !plan.feasible;
    }

    find.addEventListener('click', function () {
      var body = { cycle: board.cycle };
      wishes.forEach(function (wish) {
        if (wish.field.value !== '') {
          body[wish.name] = Number(wish.field.value) / (wish.name === 'revenue' ? 1 : 100);
        }
      });
      made.post(path + '/nearest', body, lang).then(show).catch(refuse);
    });
    [pricing, price, service].concat(boxes).forEach(function (control) {
      control.addEventListener('input', evaluate);
    });
    back.addEventListener('click', function () { show(recommended); });
    take.addEventListener('click', function () {
      if (nearest) { choose(nearest); }
    });
    make.addEventListener('click', function () {
      made.post(path, madeUp(), lang).then(choose).catch(function (error) {
        say('cwp-bad', words.refused + ': ' + error.message);
      });
    });
    board.byHand.forEach(options.offer);
    show(recommended);
  }

  /* Draws nothing where there is no search, or the caller may not see it. */
  function attach(target, options) {
    if (!options.campaignKey || !options.cycle) { return Promise.resolve(); }
    return window.cwBriefing.request('/api/campaigns/' + encodeURIComponent(options.campaignKey)
      + '/plans?cycle=' + encodeURIComponent(options.cycle)).then(function (board) {
        Panel(target, board, options);
      }).catch(function () { target.textContent = ''; });
  }

  window.cwPlan = { attach: attach };
})();
