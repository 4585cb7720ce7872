/*
 * Draws what a person needs to decide: figures, tables and charts of one briefing.
 *
 *   cwBriefing.render(element, briefingId, 'en' | 'zh')   draws /api/briefings?id=… into the element
 *   cwBriefing.draw(element, briefing, locale)            draws a briefing at hand
 *   cwBriefing.request(url, options)                      fetch with the session and its CSRF token
 *   cwBriefing.upload(campaignKey, files)                 replaces a campaign's tables by CSV files
 *
 * No libraries, no markup from data: every text goes in as text. Runs in Tasklist's embedded forms
 * (their content policy allows scripts that a trusted script adds) and in our own pages.
 */
(function () {
  'use strict';

  var SVG = 'http://www.w3.org/2000/svg';
  var COLORS = ['#2f5d8a', '#d9822b', '#4a8f5d', '#a34a5e', '#6b5ca5', '#5b7083'];
  var WIDTH = 680;
  var WORDS = {
    en: {
      loading: 'Loading figures …', yes: 'yes', no: 'no',
      failed: 'The figures could not be loaded', none: 'There are no figures for this step yet.',
      login: 'The session has ended. Log in again.'
    },
    zh: {
      loading: '正在加载数据……', yes: '是', no: '否',
      failed: '无法加载数据', none: '此步骤暂无数据。', login: '会话已结束，请重新登录。'
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
    '.cwb .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}' +
    '.cwb svg{display:block;width:100%;max-width:' + WIDTH + 'px;height:auto;font-family:inherit}' +
    '.cwb svg text{font-size:12px;fill:#45525f}' +
    '.cwb-legend{font-size:12px;color:#45525f;display:flex;flex-wrap:wrap;gap:14px;margin-bottom:4px}' +
    '.cwb-legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:5px}' +
    '.cwb-note{border-left:3px solid #d9822b;padding:6px 12px;background:#fdf6ec}';

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = text; }
    return made;
  }

  function shape(tag, attributes, parent, text) {
    var made = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined) { made.textContent = text; }
    if (parent) { parent.appendChild(made); }
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

  function Writer(locale) {
    var lang = language(locale);
    var numberLocale = lang === 'zh' ? 'zh-CN' : 'en';
    this.lang = lang;
    this.words = WORDS[lang];
    this.text = function (text) {
      if (text === null || text === undefined) { return ''; }
      return typeof text === 'object' ? String(text[lang] || text.en || '') : String(text);
    };
    this.number = function (value, digits) {
      if (digits === undefined && value !== 0 && Math.abs(value) < 0.001) {
        return new Intl.NumberFormat(numberLocale, { maximumSignificantDigits: 2 }).format(value);
      }
      return new Intl.NumberFormat(numberLocale, {
        maximumFractionDigits: digits === undefined ? (Math.abs(value) < 1 ? 3 : 2) : digits
      }).format(value);
    };
    this.compact = function (value) {
      return new Intl.NumberFormat(numberLocale, {
        notation: Math.abs(value) >= 10000 ? 'compact' : 'standard', maximumSignificantDigits: 3
      }).format(value);
    };
    this.cell = function (value) {
      if (value === null || value === undefined) { return '–'; }
      if (typeof value === 'boolean') { return value ? this.words.yes : this.words.no; }
      return typeof value === 'number' ? this.number(value) : this.text(value);
    };
    this.figure = function (figure) {
      var value = figure.value;
      if (typeof value === 'number' && figure.unit === '%') { return this.number(value * 100, 1) + ' %'; }
      var shown = this.cell(value);
      return figure.unit ? shown + ' ' + figure.unit : shown;
    };
  }

  /* Round steps between smallest and largest, about five of them. */
  function ticks(smallest, largest) {
    if (smallest === largest) { largest = smallest + (Math.abs(smallest) || 1) / 5; }
    var rough = (largest - smallest) / 5;
    var power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 2.5, 5, 10].map(function (m) { return m * power; })
      .filter(function (s) { return s >= rough * 0.999; })[0];
    var all = [];
    for (var i = Math.floor(smallest / step); i <= Math.ceil(largest / step); i++) {
      all.push(Number((i * step).toPrecision(12)));
    }
    return all;
  }

  function finite(values) {
    return values.filter(function (v) { return typeof v === 'number' && isFinite(v); });
  }

  function shorten(text, max) {
    return text.length > max ? text.slice(0, max - 1) + '…' : text;
  }

  /* Chinese characters are about as wide as two Latin ones. */
  function widthOf(text) {
    var width = 0;
    for (var i = 0; i < text.length; i++) { width += text.charCodeAt(i) > 0x2e7f ? 12 : 6.6; }
    return width;
  }

  function canvas(height, title) {
    var svg = shape('svg', { viewBox: '0 0 ' + WIDTH + ' ' + height, role: 'img', 'aria-label': title });
    shape('title', {}, svg, title);
    return svg;
  }

  function barChart(chart, write) {
    var labels = chart.labels.map(function (l) { return shorten(write.text(l), 28); });
    var all = finite([].concat.apply([], chart.series.map(function (s) { return s.values; })));
    var scale = ticks(Math.min.apply(null, [0].concat(all)), Math.max.apply(null, [0].concat(all)));
    var left = Math.min(220, 14 + Math.max.apply(null, [20].concat(labels.map(widthOf))));
    var thick = chart.series.length > 1 ? 13 : 18;
    var group = thick * chart.series.length + 10;
    var height = group * labels.length + 28;
    var x = function (v) {
      return left + (v - scale[0]) / (scale[scale.length - 1] - scale[0]) * (WIDTH - left - 60);
    };
    var svg = canvas(height, write.text(chart.title));
    scale.forEach(function (t) {
      shape('line', { x1: x(t), x2: x(t), y1: 0, y2: height - 22, stroke: t === 0 ? '#8fa0b0' : '#e6ebf0' }, svg);
      shape('text', { x: x(t), y: height - 8, 'text-anchor': 'middle' }, svg, write.compact(t));
    });
    labels.forEach(function (label, i) {
      var top = i * group + 4;
      shape('text', { x: left - 8, y: top + group / 2 - 1, 'text-anchor': 'end' }, svg, label);
      chart.series.forEach(function (series, s) {
        var value = series.values[i];
        if (typeof value !== 'number' || !isFinite(value)) { return; }
        var from = Math.min(x(0), x(value));
        var bar = shape('rect', {
          x: from, y: top + s * thick, width: Math.max(1, Math.abs(x(value) - x(0))), height: thick - 2,
          rx: 2, fill: COLORS[s % COLORS.length]
        }, svg);
        shape('title', {}, bar, label + ' · ' + write.text(series.name) + ': ' + write.number(value));
        shape('text', { x: Math.max(x(0), x(value)) + 5, y: top + s * thick + thick - 5 }, svg, write.compact(value));
      });
    });
    return svg;
  }

  function frame(svg, height, left, xs, ys, x, y, write) {
    ys.forEach(function (t) {
      shape('line', { x1: left, x2: WIDTH - 20, y1: y(t), y2: y(t), stroke: '#e6ebf0' }, svg);
      shape('text', { x: left - 8, y: y(t) + 4, 'text-anchor': 'end' }, svg, write.compact(t));
    });
    xs.forEach(function (t) {
      shape('text', { x: x(t.at), y: height - 26, 'text-anchor': 'middle' }, svg, t.label);
    });
  }

  function lineChart(chart, write) {
    var height = 270, left = 64, bottom = 44;
    var all = finite([].concat.apply([], chart.series.map(function (s) { return s.values; })));
    var ys = ticks(Math.min.apply(null, all.length ? all : [0]), Math.max.apply(null, all.length ? all : [1]));
    var count = Math.max(1, chart.labels.length - 1);
    var x = function (i) { return left + 10 + i / count * (WIDTH - left - 50); };
    var y = function (v) {
      return height - bottom - (v - ys[0]) / (ys[ys.length - 1] - ys[0]) * (height - bottom - 12);
    };
    var svg = canvas(height, write.text(chart.title));
    var every = Math.ceil(chart.labels.length / 8);
    var xs = chart.labels.map(function (l, i) { return { at: i, label: shorten(write.text(l), 12) }; })
      .filter(function (l) { return l.at % every === 0; });
    frame(svg, height, left, xs, ys, x, y, write);
    chart.series.forEach(function (series, s) {
      var color = COLORS[s % COLORS.length];
      var path = '', pen = 'M';
      series.values.forEach(function (v, i) {
        if (typeof v !== 'number' || !isFinite(v)) { pen = 'M'; return; }
        path += pen + x(i).toFixed(1) + ' ' + y(v).toFixed(1);
        pen = 'L';
      });
      shape('path', { d: path, fill: 'none', stroke: color, 'stroke-width': 2, 'stroke-linejoin': 'round' }, svg);
      if (series.values.length <= 60) {
        series.values.forEach(function (v, i) {
          if (typeof v !== 'number' || !isFinite(v)) { return; }
          var dot = shape('circle', { cx: x(i), cy: y(v), r: 3, fill: color }, svg);
          shape('title', {}, dot,
            write.text(chart.labels[i]) + ' · ' + write.text(series.name) + ': ' + write.number(v));
        });
      }
    });
    return svg;
  }

  /* Names the points whose label covers no other label and no point; the others tell their name when pointed at. */
  function labelPoints(points, x, y, svg) {
    var taken = [];
    points.forEach(function (p) {
      var text = shorten(p[2], 24), wide = widthOf(text);
      var end = x(p[0]) + 12 + wide > WIDTH;
      var box = { left: x(p[0]) + (end ? -9 - wide : 9), top: y(p[1]) - 17 };
      var free = taken.every(function (other) {
        return box.left > other.left + other.wide || other.left > box.left + wide
          || Math.abs(box.top - other.top) > 13;
      });
      var covers = points.some(function (q) {
        return q !== p && x(q[0]) > box.left - 6 && x(q[0]) < box.left + wide + 6
          && y(q[1]) > box.top - 6 && y(q[1]) < box.top + 18;
      });
      if (!free || covers) { return; }
      taken.push({ left: box.left, top: box.top, wide: wide });
      shape('text', { x: box.left, y: box.top + 11 }, svg, text);
    });
  }

  function scatterChart(chart, write) {
    var height = 320, left = 70, bottom = 52;
    var xv = chart.series[0].values, yv = chart.series[1].values;
    var points = xv.map(function (v, i) { return [v, yv[i], write.text(chart.labels[i])]; })
      .filter(function (p) { return finite(p.slice(0, 2)).length === 2; });
    var span = function (k) {
      var values = points.map(function (p) { return p[k]; });
      return ticks(Math.min.apply(null, values.concat(values.length ? [] : [0])),
        Math.max.apply(null, values.concat(values.length ? [] : [1])));
    };
    var sx = span(0), sy = span(1);
    var x = function (v) { return left + 10 + (v - sx[0]) / (sx[sx.length - 1] - sx[0]) * (WIDTH - left - 60); };
    var y = function (v) { return height - bottom - (v - sy[0]) / (sy[sy.length - 1] - sy[0]) * (height - bottom - 24); };
    var svg = canvas(height, write.text(chart.title));
    frame(svg, height - 6, left, sx.map(function (t) { return { at: t, label: write.compact(t) }; }), sy, x, y, write);
    shape('text', { x: WIDTH - 20, y: height - 10, 'text-anchor': 'end', 'font-weight': 600 }, svg, write.text(chart.series[0].name) + ' →');
    shape('text', { x: 4, y: 11, 'font-weight': 600 }, svg, '↑ ' + write.text(chart.series[1].name));
    points.forEach(function (p) {
      var dot = shape('circle', { cx: x(p[0]), cy: y(p[1]), r: 6, fill: COLORS[0], 'fill-opacity': 0.75 }, svg);
      shape('title', {}, dot, p[2] + ': ' + write.number(p[0]) + ' / ' + write.number(p[1]));
    });
    labelPoints(points, x, y, svg);
    return svg;
  }

  function drawChart(chart, write) {
    var box = element('div');
    box.appendChild(element('h4', null, write.text(chart.title)));
    if (chart.kind !== 'scatter' && chart.series.length > 1) {
      var legend = element('div', 'cwb-legend');
      chart.series.forEach(function (series, s) {
        var entry = element('span');
        var mark = element('i');
        mark.style.background = COLORS[s % COLORS.length];
        entry.appendChild(mark);
        entry.appendChild(document.createTextNode(write.text(series.name)));
        legend.appendChild(entry);
      });
      box.appendChild(legend);
    }
    var draw = { bar: barChart, line: lineChart, scatter: scatterChart }[chart.kind];
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
      row.forEach(function (value, i) { tr.appendChild(element('td', numeric[i] ? 'n' : null, write.cell(value))); });
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
        card.appendChild(element('b', null, write.figure(figure)));
        card.appendChild(element('span', null, write.text(figure.label)));
        figures.appendChild(card);
      });
      box.appendChild(figures);
    }
    (briefing.tables || []).forEach(function (table) { box.appendChild(drawTable(table, write)); });
    (briefing.charts || []).forEach(function (chart) { box.appendChild(drawChart(chart, write)); });
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
      return Promise.resolve();
    }
    target.textContent = words.loading;
    return request('/api/briefings?id=' + encodeURIComponent(briefingId), {
      headers: { 'Accept-Language': language(locale) }
    }).then(function (briefing) {
      draw(target, briefing, locale);
    }).catch(function (error) {
      target.textContent = '';
      var text = error.status === 404 ? words.none
        : error.status === 401 ? words.login : words.failed + ': ' + error.message;
      target.appendChild(element('p', 'cwb cwb-note', text));
    });
  }

  /* files: a FileList or array; resolves to the import's summary, rejects with .problem.findings. */
  function upload(campaignKey, files) {
    var form = new FormData();
    Array.prototype.forEach.call(files, function (file) { form.append('files', file, file.name); });
    return request('/api/campaigns/' + encodeURIComponent(campaignKey) + '/data', { method: 'PUT', body: form });
  }

  window.cwBriefing = { render: render, draw: draw, request: request, upload: upload };
})();
