import type { Clock } from "../../src/store/decision-time.ts";

/** Where a test's time begins: a Thursday. */
export const START = Date.UTC(2026, 0, 15, 10);

/** A clock that stands still until the test moves it. */
export class TestClock implements Clock {
  #wall: number;
  #monotonic = 0;

  constructor(wall = START) {
    this.#wall = wall;
  }

  wall(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Time passes. */
  advance(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
  }

  /** Somebody sets the wall clock; no time passes. */
  setWall(ms: number): void {
    this.#wall = ms;
  }
}
