// Where in time the reader is. A clock moves through the times of the steps; whoever takes the slider stops it.

export class Player {
  #recording;
  #onMove;
  #time = 0;
  #last = 0;
  #request = 0;

  /** The step that is shown. */
  step = 0;

  /** How many times as fast as the stream arrived. */
  speed = 1;

  /** Whether the newest step of a stream that still arrives is shown. */
  isFollowing = false;

  constructor(recording, onMove) {
    this.#recording = recording;
    this.#onMove = onMove;
  }

  get isPlaying() {
    return this.#request !== 0 || this.isFollowing;
  }

  get time() {
    return this.#time;
  }

  /** Plays on; from the start, if this is the end. */
  play() {
    const recording = this.#recording;
    if (this.step >= recording.last) {
      if (recording.head?.live && !recording.isEnded) {
        this.isFollowing = true;
        this.#move(recording.last);
        return;
      }

      this.#move(0);
    }

    if (this.#request === 0) {
      this.#last = performance.now();
      this.#request = requestAnimationFrame((now) => this.#tick(now));
    }

    this.#onMove();
  }

  pause() {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.isFollowing = false;
    this.#onMove();
  }

  toggle() {
    if (this.isPlaying) {
      this.pause();
    } else {
      this.play();
    }
  }

  /** Goes to a step, and stays there. */
  seek(step) {
    this.pause();
    this.#move(Math.min(Math.max(0, step), this.#recording.last));
  }

  seekTime(time) {
    this.pause();
    this.#move(this.#recording.stepOfTime(time), time);
  }

  /** More has arrived. */
  arrived() {
    if (this.isFollowing) {
      this.#move(this.#recording.last);
      this.isFollowing = !this.#recording.isEnded;
    }

    this.#onMove();
  }

  #tick(now) {
    this.#time += ((now - this.#last) / 1000) * this.speed;
    this.#last = now;
    const recording = this.#recording;
    const step = recording.stepOfTime(this.#time);
    const isLive = Boolean(recording.head?.live) && !recording.isEnded;
    if (step >= recording.last && (recording.isEnded || isLive)) {
      this.#request = 0;
      this.isFollowing = isLive;
      this.#move(recording.last);
      return;
    }

    this.#time = Math.min(this.#time, recording.duration); // the rest of a replay is on its way to the page

    this.#request = requestAnimationFrame((next) => this.#tick(next));
    this.step = step;
    this.#onMove();
  }

  #move(step, time = this.#recording.stepAt(step).at) {
    this.step = step;
    this.#time = time;
    this.#onMove();
  }
}
