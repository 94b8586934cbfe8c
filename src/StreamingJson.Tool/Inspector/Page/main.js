// The page: one recording, one place in time, and the views of it.
import { icon } from './dom.js';
import { seconds } from './format.js';
import { Frames } from './frames.js';
import { Items } from './items.js';
import { Player } from './player.js';
import { Recording } from './recording.js';
import { readSteps, watch } from './server.js';
import { Streams, wirePaste } from './streams.js';
import { Summary } from './summary.js';
import { Timeline } from './timeline.js';

const byId = (id) => document.getElementById(id);
const wantsCalm = matchMedia('(prefers-reduced-motion: reduce)');

let recording = new Recording();
let player = new Player(recording, schedule);
let reading = new AbortController();
let selected = null;
let isScheduled = false;

const summary = new Summary();
const items = new Items();
const frames = new Frames(() => player);
const timeline = new Timeline(() => player);
const streams = new Streams((id) => open(id));

for (const [id, name] of [['to-start', 'start'], ['back', 'back'], ['forward', 'forward'], ['to-end', 'end']]) {
  byId(id).append(icon(name));
}

byId('play').append(icon('play'));
byId('play').addEventListener('click', () => player.toggle());
byId('to-start').addEventListener('click', () => player.seek(0));
byId('back').addEventListener('click', () => player.seek(player.step - 1));
byId('forward').addEventListener('click', () => player.seek(player.step + 1));
byId('to-end').addEventListener('click', () => player.seek(Infinity));
byId('speed').addEventListener('change', (event) => {
  player.speed = Number(event.target.value);
});

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest('input, textarea, select, dialog')) {
    return;
  }

  const isButton = event.target.closest('button');
  const actions = {
    ' ': () => player.toggle(),
    ArrowLeft: () => player.seek(player.step - (event.shiftKey ? 10 : 1)),
    ArrowRight: () => player.seek(player.step + (event.shiftKey ? 10 : 1)),
    Home: () => player.seek(0),
    End: () => player.seek(Infinity),
  };
  if (actions[event.key] && !(isButton && event.key === ' ')) {
    event.preventDefault();
    actions[event.key]();
  }
});

wirePaste((id) => open(id));
window.addEventListener('hashchange', openHash);
watch((list) => {
  streams.render(list);
  if (selected === null) {
    openHash();
  }

  if (selected === null && list.streams.length > 0) {
    open(list.streams[0].id);
  }
});

/** Opens the stream that the address names: #3, or #3/45 for the state after step 45. */
function openHash() {
  const [, id, step] = /^#(\d+)(?:\/(\d+))?$/.exec(location.hash) ?? [];
  if (id !== undefined && (Number(id) !== selected || step !== undefined)) {
    open(Number(id), step === undefined ? null : Number(step));
  }
}

/** Shows a stream: from its start, or as it was after a step. */
async function open(id, step = null) {
  reading.abort();
  player.pause();
  reading = new AbortController();
  selected = id;
  recording = new Recording();
  player = new Player(recording, schedule);
  player.speed = Number(byId('speed').value);
  items.reset();
  frames.reset();
  streams.select(id);
  if (step === null) {
    history.replaceState(null, '', `#${id}`);
  }

  const mine = recording;
  try {
    for await (const records of readSteps(id, reading.signal)) {
      const isFirst = mine.head === null;
      records.forEach((record) => mine.add(record));
      if (isFirst) {
        begin(step);
      }

      player.arrived();
    }

    if (!mine.head.live && (step !== null || !plays(mine))) {
      player.seek(step ?? Infinity);
    }
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      byId('title').textContent = failure.message;
    }
  }
}

// A stream that still arrives is followed; one that is replayed plays, unless the reader wants less motion.
function begin(step) {
  if (recording.head.live) {
    player.isFollowing = true;
  } else if (step === null && plays(recording)) {
    player.play();
  }
}

function plays(shown) {
  return shown.head.replay_rate !== null && !wantsCalm.matches;
}

function schedule() {
  if (!isScheduled) {
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      render();
    });
  }
}

function render() {
  const step = player.step;
  summary.render(recording, step);
  timeline.render(recording, step, player.time);
  items.render(recording, step);
  frames.render(recording, step);
  const button = byId('play');
  const label = player.isPlaying ? 'Pause' : 'Play';
  if (button.getAttribute('aria-label') !== label) {
    button.setAttribute('aria-label', label);
    button.replaceChildren(icon(player.isPlaying ? 'pause' : 'play'));
  }

  byId('position-time').textContent = `${seconds(player.time)} of ${seconds(recording.duration)}`;
  byId('position-step').textContent = `step ${step} of ${recording.last}`;
}
