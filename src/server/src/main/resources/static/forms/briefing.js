/*
 * Draws what a person needs to decide: figures, tables and charts of one briefing.
 *
 *   cwBriefing.render(element, briefingId, 'en' | 'zh')   draws /api/briefings?id=… into the element;
 *                                                         resolves to it, or to null
 *   cwBriefing.draw(element, briefing, locale)            draws a briefing at hand
 *   cwBriefing.tellInputs(element, briefingId, locale)    says behind an element where its figures are from
 *   cwBriefing.writer(locale)                             writes numbers and texts for people
 *   cwBriefing.request(url, options)                      fetch with the session and its CSRF token
 *   cwBriefing.upload(campaignKey, files)                 replaces a campaign's tables by CSV files
 *
 * Needs charts.js. No libraries, no markup from data: every text goes in as text. Runs in Tasklist's embedded forms
 * (their content policy allows scripts that a trusted script adds) and in our own pages.
 */
(function () {
  'use strict';

  /* Longer texts need room, or a row becomes a tower of words. */
  var WIDE_CHARS = 24;
  var WORDS = {
    en: {
      loading: 'Loading figures …', yes: 'yes', no: 'no',
      failed: 'The figures could not be loaded', none: 'There are no figures for this step yet.',
      login: 'The session has ended. Log in again.', inputs: 'Inputs', method: 'method',
      opens: 'opens in a new tab', step: 'the figures of this step'
    },
    zh: {
      loading: '正在加载数据……', yes: '是', no: '否',
      failed: '无法加载数据', none: '此步骤暂无数据。', login: '会话已结束，请重新登录。',
      inputs: '数据来源', method: '方法', opens: '在新标签页中打开', step: '本步骤的数据'
    }
  };
  var STYLE =
    '.cwb{font-size:14px;line-height:1.45;color:#1d2733;margin-bottom:18px}' +
    '.cwb h3{font-size:18px;margin:0 0 4px;font-weight:600}' +
    '.cwb h4{font-size:14px;margin:16px 0 6px;font-weight:600}' +
    '.cwb p{margin:0 0 10px;color:#45525f;max-width:70ch}' +
    '.cwb-figures{display:flex;flex-wrap:wrap;gap:10px;margin:10px 0}' +
    '.cwb-figure{border:1px solid #d5dce4;border-radius:8px;padding:8px 14px;background:#f6f8fa;min-width:120px}' +
    '.cwb-figure b{display:block;font-size:20px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}' +
    '.cwb-figure span{font-size:12px;color:#5a6875}' +
    '.cwb-scroll{overflow-x:auto}' +
    '.cwb table{border-collapse:collapse;width:100%;font-size:13px}' +
    '.cwb th{text-align:left;color:#5a6875;font-weight:600;border-bottom:2px solid #d5dce4;padding:4px 10px 4px 0;vertical-align:bottom}' +
    '.cwb td{border-bottom:1px solid #e6ebf0;padding:4px 10px 4px 0;vertical-align:top}' +
    '.cwb td.w{min-width:15em}' +
    '.cwb-figure b.w{font-size:15px}' +
    '.cwb .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}' +
    '.cwb svg{display:block;width:100%;max-width:680px;height:auto;font-family:inherit}' +
    '.cwb svg text{font-size:12px;fill:#45525f}' +
    '.cwb-legend{font-size:12px;color:#45525f;display:flex;flex-wrap:wrap;gap:14px;margin-bottom:4px}' +
    '.cwb-legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:5px}' +
    '.cwb-inputs{font-size:12px;color:#5a6875;margin:2px 0 0;max-width:none}' +
    'table+.cwb-inputs{margin-bottom:14px}' +
    '.cwb-inputs summary{display:list-item;cursor:pointer;width:max-content;max-width:100%;color:#5a6875}' +
    '.cwb-inputs ul{margin:2px 0 0;padding-left:18px}' +
    '.cwb-inputs a{color:#2f5d8a;text-decoration:underline}' +
    '.cwb-figure .cwb-inputs{margin-top:4px;max-width:320px}' +
    '.cwb-note{border-left:3px solid #d9822b;padding:6px 12px;background:#fdf6ec}';

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = text; }
    return made;
  }

  function addStyle() {
    if (!document.getElementById('cwb-style')) {
      var style = element('style', null, STYLE);
      style.id = 'cwb-style';
      document.head.appendChild(style);
    }
  }

  function language(locale) {
    return String(locale || navigator.language || 'en').toLowerCase().indexOf('zh') === 0 ? 'zh' : 'en';
  }

  /* As NumberText of the server writes them, digit by digit; a test compares the two. */
  function plain(value) {
    var size = Math.abs(value);
    if (size !== 0 && (size < 1e-4 || size >= 1e15)) {
      return value.toExponential(size < 1 ? 1 : 3).replace(/\.?0+e/, 'e').replace('e+', 'e');
    }
    if (size >= 1000) { return grouped(value.toFixed(0)); }
    return grouped(Number(value.toPrecision(4)).toFixed(4));
  }

  function percent(value) {
    var size = Math.abs(value);
    return (size !== 0 && size < 0.05) || size >= 1e15 ? plain(value) : grouped(value.toFixed(1));
  }

  function grouped(digits) {
    var parts = digits.split('.');
    var fraction = (parts[1] || '').replace(/0+$/, '');
    var whole = parts[0].replace(/\B(?=(\d{3})+$)/g, ',');
    var shown = fraction ? whole + '.' + fraction : whole;
    return shown === '-0' ? '0' : shown;
  }

  function Writer(locale) {
    var lang = language(locale);
    var numberLocale = lang === 'zh' ? 'zh-CN' : 'en';
    this.lang = lang;
    this.words = WORDS[lang];
    this.text = function (text) {
      if (text === null || text === undefined) { return ''; }
      return typeof text === 'object' ? String(text[lang] || text.en || '') : String(text);
    };
    this.number = plain;
    this.compact = function (value) {
      if (value !== 0 && Math.abs(value) < 0.0001) { return plain(value); }
      return new Intl.NumberFormat(numberLocale, {
        notation: Math.abs(value) >= 10000 ? 'compact' : 'standard', maximumSignificantDigits: 3
      }).format(value);
    };
    this.cell = function (value) {
      if (value === null || value === undefined) { return '–'; }
      if (typeof value === 'boolean') { return value ? this.words.yes : this.words.no; }
      if (typeof value === 'number') { return isFinite(value) ? plain(value) : '–'; }
      return this.text(value);
    };
    /* What is agreed on, to its last digit that counts. */
    this.exact = function (value) { return grouped(value.toFixed(2)); };
    this.figure = function (figure) {
      var value = figure.value;
      if (typeof value !== 'number' || !isFinite(value)) { return this.cell(value); }
      if (figure.unit === '%') { return percent(100 * value) + ' %'; }
      return figure.unit ? plain(value) + ' ' + figure.unit : plain(value);
    };
  }

  /* One link an input, quiet until opened; what has no address is a method, or told by its id. */
  function inputs(sources, write) {
    if (!sources || !sources.length) { return null; }
    var box = element('details', 'cwb-inputs');
    var list = element('ul');
    box.appendChild(element('summary', null, write.words.inputs));
    sources.forEach(function (source) {
      var item = element('li');
      if (source.href && source.href.charAt(0) === '/') {
        var link = element('a', null, write.text(source.label));
        link.href = source.href;
        link.target = '_blank';
        link.rel = 'noopener';
        link.title = source.id + ' (' + write.words.opens + ')';
        item.appendChild(link);
      } else {
        item.textContent = write.words.method + (write.lang === 'zh' ? '：' : ': ') + write.text(source.label);
        item.title = source.id;
      }
      list.appendChild(item);
    });
    box.appendChild(list);
    return box;
  }

  function addInputs(box, part, briefing, write) {
    var own = part.sources && part.sources.length ? part.sources : briefing.sources;
    var made = inputs(own, write);
    if (made) { box.appendChild(made); }
    return box;
  }

  function tellInputs(after, briefingId, locale) {
    addStyle();
    var write = new Writer(locale);
    var words = { en: WORDS.en.step, zh: WORDS.zh.step };
    after.insertAdjacentElement('afterend', inputs([{
      id: briefingId, label: words, href: '/api/briefings?id=' + encodeURIComponent(briefingId)
    }], write));
  }

  function drawChart(chart, write) {
    var box = element('div');
    box.appendChild(element('h4', null, write.text(chart.title)));
    if (chart.kind !== 'scatter' && chart.series.length > 1) {
      var legend = element('div', 'cwb-legend');
      chart.series.forEach(function (series, s) {
        var entry = element('span');
        var mark = element('i');
        mark.style.background = window.cwCharts.colors[s % window.cwCharts.colors.length];
        entry.appendChild(mark);
        entry.appendChild(document.createTextNode(write.text(series.name)));
        legend.appendChild(entry);
      });
      box.appendChild(legend);
    }
    var draw = window.cwCharts[chart.kind];
    if (draw && chart.labels.length) { box.appendChild(draw(chart, write)); }
    return box;
  }

  function drawTable(table, write) {
    var box = element('div');
    box.appendChild(element('h4', null, write.text(table.title)));
    var scroll = element('div', 'cwb-scroll');
    var made = element('table'), head = element('tr'), body = element('tbody');
    var numeric = table.columns.map(function (c, i) {
      return table.rows.some(function (r) { return typeof r[i] === 'number'; });
    });
    table.columns.forEach(function (column, i) {
      var th = element('th', numeric[i] ? 'n' : null, write.text(column));
      th.scope = 'col';
      head.appendChild(th);
    });
    var thead = element('thead');
    thead.appendChild(head);
    made.appendChild(thead);
    table.rows.forEach(function (row) {
      var tr = element('tr');
      row.forEach(function (value, i) {
        var shown = write.cell(value);
        var kind = numeric[i] ? 'n' : shown.length > WIDE_CHARS ? 'w' : null;
        tr.appendChild(element('td', kind, shown));
      });
      body.appendChild(tr);
    });
    made.appendChild(body);
    scroll.appendChild(made);
    box.appendChild(scroll);
    return box;
  }

  function draw(target, briefing, locale) {
    addStyle();
    var write = new Writer(locale);
    var box = element('div', 'cwb');
    box.lang = write.lang === 'zh' ? 'zh-CN' : 'en';
    box.appendChild(element('h3', null, write.text(briefing.title)));
    if (write.text(briefing.summary)) { box.appendChild(element('p', null, write.text(briefing.summary))); }
    if (briefing.figures && briefing.figures.length) {
      var figures = element('div', 'cwb-figures');
      briefing.figures.forEach(function (figure) {
        var card = element('div', 'cwb-figure');
        var shown = write.figure(figure);
        card.appendChild(element('b', shown.length > WIDE_CHARS ? 'w' : null, shown));
        card.appendChild(element('span', null, write.text(figure.label)));
        figures.appendChild(addInputs(card, figure, briefing, write));
      });
      box.appendChild(figures);
    }
    (briefing.tables || []).forEach(function (table) { box.appendChild(addInputs(drawTable(table, write), table, briefing, write)); });
    (briefing.charts || []).forEach(function (chart) { box.appendChild(addInputs(drawChart(chart, write), chart, briefing, write)); });
    target.textContent = '';
    target.appendChild(box);
  }

  function cookie(name) {
    var found = document.cookie.split('; ').filter(function (c) { return c.indexOf(name + '=') === 0; })[0];
    return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
  }

  function request(url, options) {
    var settings = Object.assign({ credentials: 'same-origin' }, options || {});
    settings.headers = Object.assign({ Accept: 'application/json' }, settings.headers || {});
    var token = cookie('CHANNELWISE_CSRF');
    if (token) { settings.headers['X-CSRF-TOKEN'] = token; }
    return fetch(url, settings).then(function (response) {
      return response.text().then(function (body) {
        var json = null;
        try { json = body ? JSON.parse(body) : null; } catch (e) { json = null; }
        if (!response.ok) {
          var error = new Error((json && json.detail) || response.status + ' ' + response.statusText);
          error.status = response.status;
          error.problem = json;
          throw error;
        }
        return json;
      });
    });
  }

  function render(target, briefingId, locale) {
    addStyle();
    var words = new Writer(locale).words;
    if (!briefingId) {
      target.textContent = '';
      return Promise.resolve(null);
    }
    target.textContent = words.loading;
    return request('/api/briefings?id=' + encodeURIComponent(briefingId), {
      headers: { 'Accept-Language': language(locale) }
    }).then(function (briefing) {
      draw(target, briefing, locale);
      return briefing;
    }).catch(function (error) {
      target.textContent = '';
      var text = error.status === 404 ? words.none
        : error.status === 401 ? words.login : words.failed + ': ' + error.message;
      target.appendChild(element('p', 'cwb cwb-note', text));
      return null;
    });
  }

  /* files: a FileList or array; resolves to the import's summary, rejects with .problem.findings. */
  function upload(campaignKey, files) {
    var form = new FormData();
    Array.prototype.forEach.call(files, function (file) { form.append('files', file, file.name); });
    return request('/api/campaigns/' + encodeURIComponent(campaignKey) + '/data', { method: 'PUT', body: form });
  }

  window.cwBriefing = {
    render: render, draw: draw, tellInputs: tellInputs, request: request, upload: upload,
    writer: function (locale) { return new Writer(locale); }
  };
})();
