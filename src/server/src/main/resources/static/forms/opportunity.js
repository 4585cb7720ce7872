/*
 * Lets a person move the weights of the opportunity score and see at once how the markets rank.
 *
 *   cwOpportunity.attach(element, { campaignKey, cycle, locale, excluded: function () {}, use: function () {} })
 *     .then(function (panel) { panel.refresh(); panel.chosen(); })
 *
 * Needs briefing.js and controls.js. The sum of the weights stays one: while one moves, the others
 * keep their proportions. Each change asks POST /api/campaigns/{key}/opportunities/evaluation, which
 * stores nothing. `excluded` tells the markets to leave out, `use` is called when the person wants
 * the analysis again with the weights; `chosen` are the weights, null while they are those stored.
 */
(function () {
  'use strict';

  var PARTS = ['need', 'room', 'growth', 'payment'];
  var WORDS = {
    en: {
      title: 'Weigh the parts of the score',
      about: 'Move a slider: the others keep their proportions, the sum stays 100 %, and the markets are ranked again at once. Nothing is stored until you ask for the analysis again.',
      need: 'Need', room: 'Room', growth: 'Growth', payment: 'Payment',
      rank: 'Rank', market: 'Market', score: 'Score', from: 'Score from', to: 'to',
      below: 'below', above: 'above', first: 'first', any: 'the same market is first at any weight',
      excluded: 'excluded', usual: 'Back to the usual weights', stored: 'Back to the stored weights',
      use: 'Analyse again with these weights', used: 'Decision set below: analyse again',
      owner: {
        'default': 'Stored weights: the usual ones.', campaign: 'Stored weights: set for the campaign.',
        person: 'Stored weights: chosen by a person before.'
      },
      now: 'First with these weights', before: 'stored ranking', inputs: 'What it is computed with',
      failed: 'The markets could not be ranked'
    },
    zh: {
      title: '调整评分各部分的权重',
      about: '移动一个滑块：其余权重保持比例，合计始终为 100%，市场立即重新排名。在要求重新分析之前不会保存任何内容。',
      need: '需求', room: '空间', growth: '增长', payment: '支付',
      rank: '名次', market: '市场', score: '评分', from: '评分下限', to: '上限',
      below: '低于', above: '高于', first: '居首', any: '任何权重下首位不变',
      excluded: '已排除', usual: '恢复通常权重', stored: '恢复已保存的权重',
      use: '用这些权重重新分析', used: '已在下方选择：重新分析',
      owner: {
        'default': '已保存的权重：通常权重。', campaign: '已保存的权重：由活动设定。',
        person: '已保存的权重：此前由人选定。'
      },
      now: '按此权重居首', before: '已保存的排名', inputs: '计算所用的数据',
      failed: '无法对市场排名'
    }
  };

  function Panel(target, board, options) {
    var made = window.cwControls;
    var lang = String(options.locale || '').indexOf('zh') === 0 ? 'zh' : 'en';
    var words = WORDS[lang];
    var number = made.numbers(lang);
    var percent = function (value) { return number(100 * value, 1) + ' %'; };
    var path = '/api/campaigns/' + encodeURIComponent(options.campaignKey) + '/opportunities';
    var weights = copy(board.weights);

    var box = made.panel(target, lang, words.title, words.about);
    box.appendChild(made.element('p', null, words.owner[board.chosenBy]));
    var sliders = PARTS.map(function (part) {
      var slider = made.input('range', 'cwo-' + part, { min: 0, max: 1, step: 0.01 });
      var shown = made.element('output');
      var hint = made.element('span', 'cwp-hint');
      slider.addEventListener('input', function () { move(part, Number(slider.value)); });
      box.appendChild(made.row(words[part], [slider, shown, hint]));
      return { part: part, slider: slider, shown: shown, hint: hint };
    });
    var result = made.element('div', 'cwp-scroll');
    result.setAttribute('aria-live', 'polite');
    box.appendChild(result);
    var stored = made.button(words.stored), usual = made.button(words.usual), use = made.button(words.use);
    var used = made.element('span');
    var inputs = made.element('a', null, words.inputs);
    inputs.href = path + '?cycle=' + encodeURIComponent(board.cycle);
    inputs.target = '_blank';
    inputs.rel = 'noopener';
    var buttons = made.element('div', 'cwp-row');
    [stored, usual, use, inputs, used].forEach(function (part) { buttons.appendChild(part); });
    box.appendChild(buttons);

    function copy(from) {
      var to = {};
      PARTS.forEach(function (part) { to[part] = from[part]; });
      return to;
    }

    function same(a, b) {
      return PARTS.every(function (part) { return a[part] === b[part]; });
    }

    /* One weight moves; the others share the rest in their proportions, equally when they are 0. */
    function move(part, value) {
      var others = PARTS.filter(function (other) { return other !== part; });
      var sum = others.reduce(function (total, other) { return total + weights[other]; }, 0);
      others.forEach(function (other) {
        weights[other] = (1 - value) * (sum > 0 ? weights[other] / sum : 1 / others.length);
      });
      weights[part] = value;
      refresh();
    }

    function set(other) {
      weights = copy(other);
      refresh();
    }

    function label() {
      sliders.forEach(function (row) {
        row.slider.value = weights[row.part];
        row.shown.textContent = percent(weights[row.part]);
      });
    }

    var ask = made.latest(function () {
      return made.post(path + '/evaluation', {
        cycle: board.cycle, weights: weights, excludedMarkets: options.excluded()
      }, lang);
    }, draw, function (error) {
      result.textContent = '';
      result.appendChild(made.element('p', 'cwp-bad', words.failed + ': ' + error.message));
    });

    function refresh() {
      label();
      used.textContent = '';
      ask();
    }

    function hint(range) {
      var parts = [];
      if (range.firstBelow) { parts.push(words.below + ' ' + percent(range.low) + ': ' + range.firstBelow + ' ' + words.first); }
      if (range.firstAbove) { parts.push(words.above + ' ' + percent(range.high) + ': ' + range.firstAbove + ' ' + words.first); }
      return parts.length ? parts.join(lang === 'zh' ? '；' : '; ') : words.any;
    }

    function draw(answer) {
      var ranges = answer.sensitivity ? answer.sensitivity.ranges : [];
      sliders.forEach(function (row) {
        var range = ranges.filter(function (r) { return r.part === row.part; })[0];
        row.hint.textContent = range ? hint(range) : '';
      });
      var rows = answer.ranked.map(function (m) {
        return {
          className: m.excluded ? 'cwp-out' : null,
          cells: [
            m.excluded ? words.excluded : number(m.rank, 0), m.market
          ].concat([m.needPart, m.roomPart, m.growthPart, m.paymentPart, m.score, m.scoreLow, m.scoreHigh]
            .map(function (value) { return number(value, 3, 3); }))
        };
      });
      result.textContent = '';
      result.appendChild(made.table(
        [words.rank, words.market, words.need, words.room, words.growth, words.payment,
          words.score, words.from, words.to], rows, [0, 1]));
      result.appendChild(made.element('p', null, answer.firmness[lang] || answer.firmness.en));
      var first = answer.ranked[0], before = board.ranked[0];
      if (first && before && first.market !== before.market) {
        result.appendChild(made.element('p', 'cwp-bad',
          words.now + ': ' + first.market + ' (' + words.before + ': ' + before.market + ')'));
      }
    }

    stored.addEventListener('click', function () { set(board.weights); });
    usual.addEventListener('click', function () { set(board.usual); });
    use.addEventListener('click', function () {
      options.use();
      used.textContent = words.used;
    });
    label();
    draw(board);
    return {
      refresh: refresh,
      chosen: function () { return same(weights, board.weights) ? null : copy(weights); }
    };
  }

  /* Draws nothing where the markets are not ranked, or the caller may not see it. */
  function attach(target, options) {
    if (!options.campaignKey || !options.cycle) { return Promise.resolve(null); }
    return window.cwBriefing.request('/api/campaigns/' + encodeURIComponent(options.campaignKey)
      + '/opportunities?cycle=' + encodeURIComponent(options.cycle)).then(function (board) {
        return Panel(target, board, options);
      }).catch(function () {
        target.textContent = '';
        return null;
      });
  }

  window.cwOpportunity = { attach: attach };
})();
