// Follows the sound: what is heard at this moment is what is shown. The score was worked out
// beforehand; this only looks up the moment in it, so that seeking needs no special care.

const score = JSON.parse(document.getElementById("score").textContent);
const { scenes, captions, chapters, words } = score;
const at = (id) => document.getElementById(id);
const audio = at("audio");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const session = navigator.mediaSession;

const JUMP = 10_000;
// 'Previous' within this of a chapter's start goes to the one before, as on any player.
const AT_START = 3_000;
const CAPTION_STAYS = 4_000;
const MOST_SEGMENTS = 40;
// Browsers refuse to have the address changed much oftener than this.
const REMEMBER_EVERY = 2_000;

const shown = { scene: null, chapter: null, number: null, beat: null, state: null };
let scrubbing = false;
let begun = false;
let wakeLock = null;
let reminder = null;

// -- looking up ----------------------------------------------------------------------------------

/** Index of the last of `list`, ordered by `key`, that is not after `ms`; -1 before the first. */
function lastAt(list, ms, key) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle][key] <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const now = () => Math.min(Math.round(audio.currentTime * 1000), score.duration_ms);

function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function stateOf(scene, ms) {
  if (scene.kind === "work" || scene.kind === "pulses") return "work";
  if (scene.kind === "intro" || scene.kind === "outro") return "quiet";
  return scene.kind === "rest" && ms < scene.ready_ms ? "rest" : "ready";
}

// -- showing -------------------------------------------------------------------------------------

function show() {
  const ms = now();
  const scene = scenes[Math.max(lastAt(scenes, ms, "start_ms"), 0)];
  if (scene !== shown.scene) showScene(scene);
  showState(stateOf(scene, ms));
  if (scene.beats.length) showBeats(scene, ms);
  else showTime(scene, ms);
  showCaption(ms);
  showPlace(ms, scene);
  showBreath(scene, ms);
  showCards(ms);
}

/** The start card until something is played or looked up, the end card when all is over. */
function showCards(ms) {
  begun ||= !audio.paused || ms > 0;
  at("start").hidden = begun;
  at("end").hidden = !audio.ended;
}

/** The ring grows while one breathes in and shrinks while one breathes out. */
function showBreath(scene, ms) {
  const cycle = scene.breath.reduce((sum, phase) => sum + phase, 0);
  const style = document.body.style;
  if (!cycle || still.matches) return style.removeProperty("--breath");
  let into = (ms - scene.start_ms) % cycle;
  const levels = [[0, 1], [1, 1], [1, 0], [0, 0]];
  for (const [place, phase] of scene.breath.entries()) {
    if (into < phase || place === scene.breath.length - 1) {
      const [from, to] = levels[place];
      const part = phase ? Math.min(into / phase, 1) : 1;
      return style.setProperty("--breath", 0.86 + 0.14 * (from + (to - from) * part));
    }
    into -= phase;
  }
}

function showScene(scene) {
  const first = shown.scene === null;
  shown.scene = scene;
  shown.beat = shown.number = null;
  const name = at("name");
  name.textContent = scene.name;
  name.classList.toggle("long", scene.name.length > 24);
  name.classList.toggle("vast", scene.name.length > 80);
  shown.state = null;
  document.body.dataset.mode = scene.mode;
  at("details").textContent = scene.details.join(" · ");
  const pause = ["rest", "switch", "prepare"].includes(scene.kind);
  at("after-label").textContent = pause ? words.after : words.next;
  at("after").textContent = scene.after;
  at("after").parentElement.hidden = !scene.after;
  showSide(scene.side);
  segments(scene.beats.length);
  if (scene.chapter !== shown.chapter) showChapter(scene.chapter);
  if (!scrubbing && !first) announce(scene);
}

function announce(scene) {
  const parts = [scene.label, scene.name, scene.side, ...scene.details];
  at("status").textContent = parts.filter(Boolean).join(", ");
}

function showState(state) {
  if (state === shown.state) return;
  shown.state = state;
  document.body.dataset.state = state;
  at("label").textContent = labelOf(shown.scene, state);
  tellSession(shown.scene);
}

/** The last seconds of a rest say 'get ready'; before them it says whose name stands beneath. */
function labelOf(scene, state) {
  if (scene.kind !== "rest") return scene.label;
  return state === "ready" ? words.prepare : `${scene.label} · ${words.next}`;
}

function showSide(side) {
  const place = at("side");
  if (place.textContent === side) return;
  place.textContent = side;
  place.hidden = !side;
}

function showNumber(text, beneath, moves) {
  if (text === shown.number) return;
  shown.number = text;
  const number = at("number");
  number.textContent = text;
  number.dataset.length = text.length;
  at("of").textContent = beneath;
  if (moves && !audio.paused && !still.matches && document.body.dataset.mood !== "calm") {
    number.animate([{ transform: "scale(1.07)" }, { transform: "none" }], 240);
  }
}

/** Reps, steps and pulses: the number last heard, the side at work, a segment for each. */
function showBeats(scene, ms) {
  const heard = lastAt(scene.beats, ms, "heard_ms");
  const begun = Math.max(lastAt(scene.beats, ms, "begins_ms"), 0);
  const number = heard < 0 ? scene.first : scene.beats[heard].number;
  if (heard !== shown.beat) shown.number = null;
  shown.beat = heard;
  showNumber(String(number), scene.of, heard >= 0);
  showSide(scene.beats[begun].side);
  const from = heard < 0 ? scene.start_ms : scene.beats[heard].heard_ms;
  const to = heard + 1 < scene.beats.length ? scene.beats[heard + 1].heard_ms : scene.end_ms;
  // A pulse or tick is heard when it begins, a number when the rep is all but done.
  const early = scene.beats[0].heard_ms === scene.beats[0].begins_ms;
  const part = to > from ? (ms - from) / (to - from) : 1;
  arc(Math.max(0, Math.min(scene.beats.length, heard + (early ? 0 : 1) + part)));
}

/** Pauses and timed work: what is left of it, going down. */
function showTime(scene, ms) {
  const left = Math.max(scene.end_ms - ms, 0);
  const seconds = Math.ceil(left / 1000);
  const long = scene.end_ms - scene.start_ms > 99_000 || seconds > 99;
  const clocked = seconds >= 60 || long;
  const counted = clocked ? words.minutes : seconds === 1 ? words.second : words.seconds;
  const unit = scene.mode === "open" ? words.own_pace : counted;
  showNumber(clocked ? clock(seconds * 1000) : String(seconds), unit, false);
  arc(left / (scene.end_ms - scene.start_ms));
}

function segments(count) {
  const whole = count || 1;
  const gap = gapOf(count);
  at("track").setAttribute("pathLength", whole);
  at("arc").setAttribute("pathLength", whole);
  at("track").style.strokeDasharray = gap ? `${1 - gap} ${gap}` : "none";
}

/** The gap between segments, in segments: the same few degrees however many there are. */
function gapOf(count) {
  return count > 1 && count <= MOST_SEGMENTS ? count * 0.0065 : 0;
}

/** Draw so many segments; without segments, so much of the whole. */
function arc(amount) {
  const count = shown.scene.beats.length;
  const gap = gapOf(count);
  const done = Math.floor(amount);
  const rest = Math.min(amount - done, 1 - gap);
  if (!gap && amount >= (count || 1)) {
    at("arc").style.strokeDasharray = "none";
    return;
  }
  const dashes = Array(gap ? done : 0).fill(`${1 - gap} ${gap}`);
  dashes.push(`${gap ? rest : amount} ${(count || 1) * 2}`);
  at("arc").style.strokeDasharray = dashes.join(" ");
}

function showCaption(ms) {
  const place = at("caption");
  const last = captions[lastAt(captions, ms, "start_ms")];
  const stays = last && ms < last.end_ms + CAPTION_STAYS;
  const text = stays ? last.text : "";
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("past", Boolean(stays) && ms >= last.end_ms);
}

function showPlace(ms, scene) {
  const scrub = at("scrub");
  const part = ms / score.duration_ms;
  at("veil").style.setProperty("--at", part);
  scrub.parentElement.style.setProperty("--at", part);
  if (!scrubbing) scrub.value = ms;
  const elapsed = clock(ms);
  if (at("elapsed").textContent === elapsed) return;
  at("elapsed").textContent = elapsed;
  const remaining = `−${clock(score.duration_ms - Math.floor(ms / 1000) * 1000)}`;
  at("remaining").textContent = remaining;
  at("progress").textContent = [scene.progress, remaining].filter(Boolean).join(" · ");
  scrub.setAttribute("aria-valuetext", [elapsed, scene.label, scene.name].join(", "));
  if (ms > 0) reminder ??= setTimeout(remember, REMEMBER_EVERY);
}

function showChapter(chapter) {
  shown.chapter = chapter;
  for (const piece of document.querySelectorAll(".piece")) {
    const numbers = [...piece.querySelectorAll("[data-chapter]")].map((b) => +b.dataset.chapter);
    piece.classList.toggle("past", Math.max(...numbers) < chapter);
    piece.classList.toggle("current", numbers.includes(chapter));
  }
  for (const button of document.querySelectorAll("[data-chapter]")) {
    const chosen = +button.dataset.chapter === chapter && !button.dataset.group;
    if (chosen) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
  keepInView(document.querySelector(".piece.current"));
}

/** Where the plan has a scroll bar of its own, the current piece stays in sight. */
function keepInView(piece) {
  const plan = document.querySelector(".plan");
  if (!piece || plan.scrollHeight <= plan.clientHeight || plan.contains(document.activeElement)) return;
  const top = piece.offsetTop - plan.offsetTop - plan.clientHeight / 3;
  plan.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
}

// -- moving --------------------------------------------------------------------------------------

function seek(ms) {
  audio.currentTime = Math.min(Math.max(ms, 0), score.duration_ms) / 1000;
  show();
  tellPosition();
}

const step = (ms) => seek(now() + ms);

function chapterStep(direction) {
  if (!chapters.length) return;
  const ms = now();
  const here = Math.max(lastAt(chapters, ms, "start_ms"), 0);
  const again = direction < 0 && ms - chapters[here].start_ms > AT_START;
  const to = here + (again ? 0 : direction);
  if (to < chapters.length) seek(chapters[Math.max(to, 0)].start_ms);
}

const play = () => audio.play().catch((error) => trouble(error));
const toggle = () => (audio.paused ? play() : audio.pause());

/** A play() that a pause() overtook is no trouble; a missing or broken file is. */
function trouble(error) {
  if (error && error.name === "AbortError") return;
  at("trouble").textContent = `${words.no_sound} ${score.audio}`;
}

// -- system: lock screen, screen that stays awake, address ----------------------------------------

function tellSession(scene) {
  if (!session || !window.MediaMetadata) return;
  const chapterInfo = chapters.map((chapter) => ({
    title: chapter.title, startTime: chapter.start_ms / 1000, artwork: [],
  }));
  session.metadata = new MediaMetadata({
    title: [scene.name, scene.side].filter(Boolean).join(" · "),
    artist: [scene.label, ...scene.details].join(" · "),
    album: score.title,
    artwork: [{ src: card(scene), sizes: "512x512", type: "image/png" }],
    chapterInfo,
  });
}

/** A picture for the lock screen: the name, and the side if there is one, large on the accent. */
function card(scene) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 512;
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(document.body);
  pen.fillStyle = style.getPropertyValue("--accent");
  pen.fillRect(0, 0, 512, 512);
  pen.fillStyle = style.getPropertyValue("--wash");
  const lines = [...inLines(scene.name, 14).slice(0, 4), scene.side && `(${scene.side})`];
  lines.filter(Boolean).forEach((line, place) => {
    pen.font = `700 64px ${style.fontFamily}`;
    pen.fillText(line, 40, 110 + 84 * place, 432);
  });
  return canvas.toDataURL("image/png");
}

/** Words in lines of about so many letters. */
function inLines(text, letters) {
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function tellPosition() {
  if (!session || !session.setPositionState) return;
  session.setPositionState({
    duration: score.duration_ms / 1000, playbackRate: audio.playbackRate, position: now() / 1000,
  });
}

function listenToSession() {
  const actions = {
    play,
    pause: () => audio.pause(),
    previoustrack: () => chapterStep(-1),
    nexttrack: () => chapterStep(1),
    seekbackward: (details) => step(-(details.seekOffset * 1000 || JUMP)),
    seekforward: (details) => step(details.seekOffset * 1000 || JUMP),
    seekto: (details) => seek(details.seekTime * 1000),
  };
  for (const [action, handler] of Object.entries(actions)) {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // An action this browser does not know.
    }
  }
}

async function keepAwake() {
  const wanted = !audio.paused && document.visibilityState === "visible";
  if (!wanted) {
    if (wakeLock) wakeLock.release();
    wakeLock = null;
  } else if (navigator.wakeLock && (!wakeLock || wakeLock.released)) {
    // Refused when the battery is low: the workout goes on in the dark.
    wakeLock = await navigator.wakeLock.request("screen").catch(() => null);
  }
}

/** The moment stands in the address: a page that was put away and loaded again goes on there. */
function remember() {
  clearTimeout(reminder);
  reminder = null;
  history.replaceState(null, "", `#t=${Math.floor(now() / 1000)}`);
}

function recall() {
  const found = /^#t=(\d+)$/.exec(location.hash);
  if (found) seek(Number(found[1]) * 1000);
}

/** Sound that came within the page is handed over as a blob, which every browser can seek in. */
async function unpack() {
  if (!audio.src.startsWith("data:")) return;
  const blob = await (await fetch(audio.src)).blob();
  const { currentTime, paused } = audio;
  audio.src = URL.createObjectURL(blob);
  audio.currentTime = currentTime;
  if (!paused) play();
}

// -- start ---------------------------------------------------------------------------------------

function onPlaying() {
  const playing = !audio.paused;
  at("play").setAttribute("aria-label", playing ? words.pause : words.play);
  at("icon").setAttribute("d", playing ? "M8 5v14M16 5v14" : "M7 4.5v15L19.5 12z");
  if (session) session.playbackState = playing ? "playing" : "paused";
  tellPosition();
  keepAwake();
  if (playing) requestAnimationFrame(follow);
  else remember();
}

function follow() {
  show();
  if (!audio.paused) requestAnimationFrame(follow);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " ") {
    if (event.target.closest("button, summary") || event.repeat) return;
    toggle();
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const direction = event.key === "ArrowLeft" ? -1 : 1;
    if (event.shiftKey) chapterStep(direction);
    else step(direction * JUMP);
  } else if (event.key === "Escape" && isWide()) toggleWide(false);
  else return;
  event.preventDefault();
}

function onPlan(event) {
  const button = event.target.closest("[data-chapter]");
  if (!button) return;
  seek(chapters[+button.dataset.chapter].start_ms);
  // After a tap the space bar plays and pauses again; who came by keyboard keeps the place.
  if (event.detail > 0) button.blur();
}

/** All of the screen for dial and name; where a browser has no full screen, all of the page. */
function toggleWide(wide) {
  document.documentElement.classList.toggle("wide", wide);
  const button = at("wide");
  button.setAttribute("aria-label", wide ? words.leave : words.wide);
  button.title = wide ? words.leave : words.wide;
  if (wide) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
}

const isWide = () => document.documentElement.classList.contains("wide");

function listenToCards() {
  at("begin").addEventListener("click", () => {
    play();
    at("play").focus({ preventScroll: true });
  });
  at("again").addEventListener("click", () => {
    seek(0);
    play();
  });
  at("wide").hidden = false;
  at("wide").addEventListener("click", () => toggleWide(!isWide()));
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) toggleWide(false);
  });
  document.querySelector(".now").addEventListener("click", (event) => {
    if (isWide() && !event.target.closest("button")) toggle();
  });
}

function listen() {
  listenToCards();
  at("play").addEventListener("click", toggle);
  at("back").addEventListener("click", () => step(-JUMP));
  at("forward").addEventListener("click", () => step(JUMP));
  at("previous").addEventListener("click", () => chapterStep(-1));
  at("next").addEventListener("click", () => chapterStep(1));
  at("scrub").addEventListener("input", (event) => {
    scrubbing = true;
    seek(+event.target.value);
  });
  at("scrub").addEventListener("change", () => {
    scrubbing = false;
    announce(shown.scene);
  });
  document.querySelector(".plan").addEventListener("click", onPlan);
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", () => {
    keepAwake();
    remember();
  });
  for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, onPlaying);
  // The frames of `follow` stop in a hidden page; these events do not.
  for (const name of ["timeupdate", "seeked", "loadedmetadata"]) audio.addEventListener(name, show);
  audio.addEventListener("ratechange", tellPosition);
  audio.addEventListener("error", () => trouble(audio.error));
}

async function start() {
  document.documentElement.classList.add("js");
  audio.removeAttribute("controls");
  listen();
  if (session) listenToSession();
  show();
  recall();
  await unpack();
}

start();
