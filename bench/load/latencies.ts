/** Every latency of one measurement, exactly. Microseconds. */
export class Latencies {
  #values = new Float64Array(1 << 17);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(latencyUs: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = latencyUs;
    this.#count += 1;
  }

  /** @param shares each from 0 to 1 @returns the smallest latencies that so large a share does not exceed; 0 of none */
  percentiles(shares: readonly number[]): number[] {
    const sorted = this.#values.subarray(0, this.#count).sort();
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * this.#count) - 1)] ?? 0);
  }
}
