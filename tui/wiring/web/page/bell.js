// Plays the shop's chimes in this tab, tells the counter how each went, and never hides that it may not sound.
"use strict";

class TabBell {
  constructor(button, answer) {
    this.button = button;
    this.answer = answer; // (id, trouble): "" played, "blocked" by the browser, "failed"
    this.sounds = new Map();
    this.playing = new Map();
    this.stops = 0;
    this.missed = false;
    this.context = "AudioContext" in window ? new AudioContext() : null;
    if (this.context) this.context.onstatechange = () => this.show();
    for (const gesture of ["pointerdown", "keydown"]) {
      window.addEventListener(gesture, () => this.allow(), { capture: true });
    }
    this.show();
  }

  get isBlocked() {
    return !this.context || this.context.state !== "running";
  }

  allow() {
    if (this.context && this.isBlocked) this.context.resume();
  }

  show() {
    if (!this.isBlocked) this.missed = false;
    const words = document.body.dataset;
    this.button.textContent = this.missed ? words.missed : words.quiet;
    this.button.classList.toggle("missed", this.missed);
    if (this.button.hidden !== !this.isBlocked) {
      this.button.hidden = !this.isBlocked;
      window.dispatchEvent(new Event("resize")); // the terminal fills what is left
    }
  }

  async ring({ id, chime, volume }) {
    const stops = this.stops;
    if (this.isBlocked) {
      this.missed = true;
      this.show();
      return this.answer(id, "blocked");
    }
    try {
      const sound = await this.sound(chime);
      if (stops !== this.stops) return this.answer(id, "");
      this.play(id, sound, volume);
    } catch {
      this.answer(id, "failed");
    }
  }

  probe({ id }) {
    this.answer(id, this.isBlocked ? "blocked" : "");
  }

  hush() {
    this.stops += 1;
    for (const source of this.playing.values()) source.stop();
  }

  async sound(chime) {
    if (!this.sounds.has(chime)) {
      const got = await fetch(`/chimes/${encodeURIComponent(chime)}.wav`);
      if (!got.ok) throw new Error(`${got.status}`);
      this.sounds.set(chime, await this.context.decodeAudioData(await got.arrayBuffer()));
    }
    return this.sounds.get(chime);
  }

  play(id, sound, volume) {
    const source = this.context.createBufferSource();
    const loudness = this.context.createGain();
    source.buffer = sound;
    loudness.gain.value = volume;
    source.connect(loudness).connect(this.context.destination);
    source.onended = () => {
      this.playing.delete(id);
      this.answer(id, "");
    };
    this.playing.set(id, source);
    source.start();
  }
}
