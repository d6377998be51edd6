/* SPDX-License-Identifier: Apache-2.0 */
'use strict';
(() => {
  const numbers = JSON.parse(document.getElementById('numbers').textContent);
  const root = document.documentElement;
  root.classList.add('live');

  const charts = [];
  const colour = (name) => getComputedStyle(root).getPropertyValue('--' + name).trim();
  const percent = (share) => Number.isFinite(share) ? (100 * share).toFixed(2) + ' %' : 'none';
  const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  const points = (pairs) => pairs.map(([x, y]) => ({ x, y }));
  const data = numbers.data || [];
  const tone = (index) => index === data.length - 1 && index > 0 ? 'second' : 'first';
  const dashes = (index) => index === data.length - 1 ? [] : [6, 4];

  const put = (id, text) => {
    const element = document.getElementById(id);
    if (element) {
      element.textContent = text;
    }
  };
  const table = (id, rows, named) => {
    document.getElementById(id).replaceChildren(...rows.map((texts) => {
      const row = document.createElement('tr');
      row.append(...texts.map((text, column) => {
        const head = named && column === 0;
        const value = document.createElement(head ? 'th' : 'td');
        if (head) {
          value.scope = 'row';
          value.dir = 'auto';
        } else {
          value.className = 'number';
        }
        value.textContent = text;
        return value;
      }));
      return row;
    }));
  };

  const paint = (set) => {
    const own = Array.isArray(set.tone) ? set.tone.map(colour) : colour(set.tone);
    set.borderColor = set.ring ? colour('paper') : own;
    set.backgroundColor = own;
    set.pointBackgroundColor = set.hollow
      ? set.hollow.map((hollow) => hollow ? colour('paper') : own) : own;
    set.pointBorderColor = set.borderColor;
    set.pointHoverBackgroundColor = own;
    set.pointHoverBorderColor = set.borderColor;
  };

  // What of a chart follows the colours of the page, which change with the scheme and for paper.
  const dress = (chart) => {
    const ink = colour('ink');
    const soft = colour('soft');
    const line = colour('line');
    for (const axis of Object.values(chart.options.scales)) {
      axis.grid.color = line;
      axis.border.color = line;
      axis.ticks.color = soft;
      axis.title.color = soft;
    }
    chart.options.plugins.legend.labels.color = ink;
    Object.assign(chart.options.plugins.tooltip, {
      backgroundColor: colour('raised'), titleColor: ink, bodyColor: ink, borderColor: line,
    });
    chart.data.datasets.forEach(paint);
    chart.update();
  };

  const axis = (title, more) => ({
    type: 'linear', grid: {}, border: {}, ticks: { maxRotation: 0, autoSkipPadding: 12 },
    title: { display: true, text: title }, ...more,
  });

  const draw = (id, type, datasets, scales, options) => {
    const canvas = document.getElementById(id);
    if (!canvas) {
      return null;
    }
    datasets.forEach(paint);
    const chart = new Chart(canvas, {
      type,
      data: { datasets, labels: options.labels },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        indexAxis: options.indexAxis || 'x',
        interaction: options.interaction || { mode: 'nearest', axis: 'xy', intersect: false },
        font: { size: 12 },
        scales,
        plugins: {
          colors: { enabled: false },
          legend: {
            display: options.legend !== false,
            position: 'bottom',
            labels: {
              usePointStyle: true, pointStyle: 'line', pointStyleWidth: 28, boxHeight: 7,
              generateLabels: (shown) => shown.data.datasets
                .map((set, datasetIndex) => ({
                  text: set.label, datasetIndex, lineDash: set.borderDash, lineWidth: 2,
                  strokeStyle: set.borderColor, fontColor: colour('ink'), pointStyle: 'line',
                  silent: set.silent,
                }))
                .filter((item) => !item.silent),
            },
            onClick: null,
          },
          tooltip: {
            borderWidth: 1, displayColors: false, padding: 10,
            filter: (item) => !item.dataset.mute,
            callbacks: { title: () => '', label: options.label },
          },
        },
      },
    });
    chart.options.font.family = getComputedStyle(document.body).fontFamily;
    charts.push(chart);
    dress(chart);
    return chart;
  };

  const unit = { min: 0, max: 1 };
  const share = (value) => Math.round(100 * value) + ' %';
  // Of more than two classes there are curves of each, and one is shown.
  let chosen = 0;
  const shown = (set) => set.classes ? set.classes[chosen] : set;
  const diagonal = {
    label: '', data: [{ x: 0, y: 0 }, { x: 1, y: 1 }], tone: 'soft', borderWidth: 1,
    borderDash: [2, 3], pointRadius: 0, pointHitRadius: 0, silent: true, mute: true,
  };
  const curve = (set, index, name, more) => ({
    label: set.name, data: points(shown(set)[name] || []), of: index, tone: tone(index), borderWidth: 2,
    borderDash: dashes(index), pointRadius: 0, pointHoverRadius: 4, clip: 12, ...more,
  });
  const marker = (index) => ({
    label: 'at the threshold', data: [], tone: tone(index), ring: true, borderWidth: 2,
    pointRadius: 7, pointHoverRadius: 8, showLine: false, silent: true, key: index, order: -1, clip: 12,
  });

  // Of one run, or of all runs of a sweep: eight colours, then the same with other dashes.
  const runs = numbers.runs || (numbers.cost ? [{ name: 'cost J', cost: numbers.cost }] : []);
  if (numbers.heldOut) {
    runs.push({ name: 'held out', cost: numbers.heldOut });
  }
  if (runs.length > 0) {
    const sweep = Boolean(numbers.runs);
    const several = sweep || runs.length > 1;
    const strokes = [[], [6, 4], [2, 3]];
    // On an axis from zero, costs that are close to each other would be a flat line.
    const costs = runs.flatMap((run) => run.cost.map(([, y]) => y)).filter(Number.isFinite);
    const fromZero = Math.min(...costs) < 0.6 * Math.max(...costs);
    const chart = draw('cost-chart', 'line', runs.map((run, index) => ({
      label: run.name + (run.best ? ' (best)' : ''), data: points(run.cost), clip: 12,
      tone: several ? 'run' + index % 8 : 'first',
      borderDash: strokes[sweep ? Math.floor(index / 8) % 3 : index],
      borderWidth: run.best ? 4 : 2, order: run.best ? -1 : 0,
      pointRadius: sweep || run.cost.length > 60 ? 0 : 2.5, pointHoverRadius: 5,
    })), {
      x: axis(numbers.unit, {
        ticks: { maxRotation: 0, autoSkipPadding: 12, precision: 0, callback: count },
      }),
      y: axis('cost J', { beginAtZero: fromZero }),
    }, {
      legend: several,
      interaction: { mode: 'nearest', axis: several ? 'xy' : 'x', intersect: false },
      label: (item) => [...(several ? [item.dataset.label] : []),
        numbers.unit + ' ' + count(item.raw.x) + ': ' + item.raw.y.toFixed(6)],
    });
    for (const choice of document.getElementsByName('cost-scale')) {
      choice.addEventListener('change', () => {
        const logarithmic = choice.value === 'logarithmic';
        chart.options.scales.y.type = choice.value;
        // Zero has no logarithm.
        chart.data.datasets.forEach((set, index) => {
          set.data = points(runs[index].cost)
            .map(({ x, y }) => ({ x, y: logarithmic && !(y > 0) ? null : y }));
        });
        dress(chart);
      });
    }
  }

  // A frequency of fewer samples than this is mostly chance.
  const FEW = 10;
  const reliability = (set) => {
    const bins = shown(set).reliability;
    const most = Math.max(1, ...bins.map(([, , samples]) => samples));
    return {
      data: bins.map(([x, y, samples]) => ({ x, y, samples })),
      pointRadius: bins.map(([, , samples]) => 2 + 6 * Math.sqrt(samples / most)),
      hollow: bins.map(([, , samples]) => samples < FEW),
      segment: {
        borderColor: (joined) => joined.p0.raw.samples < FEW || joined.p1.raw.samples < FEW
          ? 'transparent' : undefined,
      },
    };
  };

  let roc = null;
  let precisionRecall = null;
  let diagram = null;
  if (data.length > 0) {
    const many = Boolean(data[0].classes);
    const markers = () => many ? [] : data.map((set, index) => marker(index));
    roc = draw('roc-chart', 'line', [
      ...data.map((set, index) => curve(set, index, 'roc', {})),
      ...markers(),
      diagonal,
    ], {
      x: axis('false positive rate', { ...unit, ticks: { stepSize: 0.25, callback: share } }),
      y: axis('recall', { ...unit, ticks: { stepSize: 0.25, callback: share } }),
    }, {
      label: (item) => [item.dataset.label, 'false positive rate ' + percent(item.raw.x),
        'recall ' + percent(item.raw.y)],
    });
    precisionRecall = draw('pr-chart', 'line', [
      ...data.map(
        (set, index) => curve(set, index, 'precisionRecall', { stepped: many ? false : 'after' })),
      ...markers(),
    ], {
      x: axis('recall', { ...unit, ticks: { stepSize: 0.25, callback: share } }),
      y: axis('precision', { ...unit, ticks: { stepSize: 0.25, callback: share } }),
    }, {
      label: (item) => [item.dataset.label, 'recall ' + percent(item.raw.x),
        'precision ' + percent(item.raw.y)],
    });
    diagram = draw('reliability-chart', 'line', [
      ...data.map((set, index) => (
        { ...curve(set, index, 'reliability', {}), borderWidth: 1.5, ...reliability(set) })),
      diagonal,
    ], {
      x: axis('predicted probability', { ...unit, ticks: { stepSize: 0.25, callback: share } }),
      y: axis('observed frequency', { ...unit, ticks: { stepSize: 0.25, callback: share } }),
    }, {
      label: (item) => [item.dataset.label, 'predicted ' + percent(item.raw.x),
        'observed ' + percent(item.raw.y), count(item.raw.samples) + ' samples'],
    });
  }

  const bars = (neuron) => ({
    data: numbers.weights[neuron].map(([, weight]) => weight),
    tone: numbers.weights[neuron].map(([, weight]) => weight < 0 ? 'below' : 'above'),
  });
  const features = (neuron) => numbers.weights[neuron].map(([feature]) => feature);
  if ((numbers.weights || []).length > 0) {
    const chart = draw('weights-chart', 'bar', [{ label: 'weight', borderWidth: 0, ...bars(0) }], {
      x: axis('weight', {}),
      y: axis('feature', { type: 'category', ticks: { autoSkip: false } }),
    }, {
      legend: false, indexAxis: 'y',
      interaction: { mode: 'nearest', axis: 'y', intersect: false },
      labels: features(0),
      label: (item) => 'feature ' + item.label + ': ' + item.raw,
    });
    const neuron = document.getElementById('neuron');
    if (neuron) {
      neuron.addEventListener('change', () => {
        chart.data.labels = features(neuron.value);
        Object.assign(chart.data.datasets[0], bars(neuron.value));
        dress(chart);
        put('neuron-name', neuron.selectedOptions[0].text);
        table('neuron-weights', numbers.weights[neuron.value].map(
          ([feature, , text]) => [feature, text]), true);
      });
    }
  }

  const cell = (id, part, whole) => {
    put(id, count(part));
    const element = document.getElementById(id);
    if (element) {
      const filled = whole > 0 && part > 0 ? Math.min(9, Math.ceil(10 * part / whole) - 1) : 0;
      element.dataset.shade = String(filled);
    }
  };

  const choice = document.getElementById('class');
  if (choice) {
    choice.addEventListener('change', () => {
      chosen = Number(choice.value);
      for (const [chart, name] of [[roc, 'roc'], [precisionRecall, 'precisionRecall']]) {
        for (const set of chart.data.datasets.filter((one) => one.of !== undefined)) {
          set.data = points(shown(data[set.of])[name] || []);
        }
        chart.update();
      }
      for (const set of diagram.data.datasets.filter((one) => one.of !== undefined)) {
        Object.assign(set, reliability(data[set.of]));
      }
      diagram.update();
      for (const set of numbers.data) {
        const one = shown(set);
        put(set.key + '-roc-area', one.rocArea);
        put(set.key + '-average-precision', one.averagePrecision);
        table(set.key + '-bins', one.reliability.map(
          ([said, so, samples]) => [percent(said), percent(so), count(samples)]));
      }
      put('class-says', numbers.data
        .map((set) => set.name + ': area under ROC ' + shown(set).rocArea).join('. '));
    });
  }

  const at = (step) => data.map((set) => {
    const truePositives = set.truePositives[step];
    const falsePositives = set.falsePositives[step];
    const right = truePositives + set.negatives - falsePositives;
    return {
      truePositives, falsePositives, right,
      all: set.positives + set.negatives,
      recall: truePositives / set.positives,
      fallout: falsePositives / set.negatives,
      precision: truePositives / (truePositives + falsePositives),
    };
  });

  const slider = document.getElementById('threshold');
  const show = () => {
    const step = Number(slider.value);
    const text = (step / 100).toFixed(2);
    put('threshold-value', text);
    slider.setAttribute('aria-valuetext', text);
    for (const element of document.getElementsByClassName('at')) {
      element.textContent = text;
    }
    const now = at(step);
    data.forEach((set, index) => {
      const counts = now[index];
      const id = set.key + '-';
      cell(id + '1-1', counts.truePositives, set.positives);
      cell(id + '1-0', set.positives - counts.truePositives, set.positives);
      cell(id + '0-1', counts.falsePositives, set.negatives);
      cell(id + '0-0', set.negatives - counts.falsePositives, set.negatives);
      put(id + 'accuracy', percent(counts.right / counts.all));
      put(id + 'precision', percent(counts.precision));
      put(id + 'recall', percent(counts.recall));
      const trueNegatives = set.negatives - counts.falsePositives;
      put(id + 'precision0', percent(
        trueNegatives / (trueNegatives + set.positives - counts.truePositives)));
      put(id + 'recall0', percent(trueNegatives / set.negatives));
      put(id + 'fallout', percent(counts.fallout));
      put(id + 'f1', percent(
        2 * counts.truePositives / (counts.truePositives + counts.falsePositives + set.positives)));
    });
    for (const [chart, x, y] of [[roc, 'fallout', 'recall'], [precisionRecall, 'recall', 'precision']]) {
      for (const set of chart.data.datasets) {
        if (set.key !== undefined) {
          const counts = now[set.key];
          const seen = Number.isFinite(counts[x]) && Number.isFinite(counts[y]);
          set.data = seen ? [{ x: counts[x], y: counts[y] }] : [];
        }
      }
      chart.update();
    }
  };
  if (slider && roc && precisionRecall) {
    slider.addEventListener('input', show);
    slider.addEventListener('change', () => {
      const now = at(Number(slider.value));
      put('threshold-says', numbers.data
        .map((set, index) => set.name + ': ' + now[index].right + ' of ' + now[index].all + ' right')
        .join('. '));
    });
    document.getElementById('threshold-reset').addEventListener('click', () => {
      slider.value = slider.defaultValue;
      show();
      slider.dispatchEvent(new Event('change'));
    });
    show();
  }

  const dressAll = () => charts.forEach(dress);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', dressAll);
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    dressAll();
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    dressAll();
  });
})();
