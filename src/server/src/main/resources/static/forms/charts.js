/*
 * Draws one chart of a briefing as SVG: cwCharts.bar, .line and .scatter (chart, writer). The writer
 * is briefing.js's. No libraries, no markup from data: every text goes in as text.
 */
(function () {
  'use strict';

  var SVG = 'http://www.w3.org/2000/svg';
  var COLORS = ['#2f5d8a', '#d9822b', '#4a8f5d', '#a34a5e', '#6b5ca5', '#5b7083'];
  var WIDTH = 680;

  function shape(tag, attributes, parent, text) {
    var made = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined) { made.textContent = text; }
    if (parent) { parent.appendChild(made); }
    return made;
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

  window.cwCharts = { bar: barChart, line: lineChart, scatter: scatterChart, colors: COLORS };
})();
