import assert from "node:assert/strict";
import { join } from "node:path";
import type { Instant } from "../../src/domain/instant.ts";
import type { Clock } from "../../src/store/decision-time.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { migrate, openDatabase } from "../../src/store/sqlite/database.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { copyDatabase, readRows } from "../support/database-files.ts";
import { TestClock } from "../support/test-clock.ts";

/**
 * A SQLite store that is stopped and started, and the memory store that it must behave like. The memory store lives
 * through the stops: its monotonic clock stands still meanwhile, as if its process had been the one that was away.
 */
export class Site {
  readonly clock = new TestClock();
  readonly memory: MemoryStore;
  readonly #folder: string;
  #file: string;
  #sqlite: SqliteStore;
  #starts = 1;
  #downMs = 0;

  constructor(folder: string) {
    this.#folder = folder;
    const memoryClock: Clock = {
      wall: () => this.clock.wall(),
      monotonic: () => this.clock.monotonic() - this.#downMs,
    };
    this.memory = new MemoryStore(memoryClock);
    this.#file = join(folder, "1.db");
    this.#sqlite = openStore(this.#file, this.clock);
    this.memory.resume(0);
  }

  get sqlite(): SqliteStore {
    return this.#sqlite;
  }

  /** The server stops, is away for a while, and starts again. @param how `crash`: with what was on the disk right after a commit */
  async restart(how: "stop" | "crash", downMs: number, setWallTo?: Instant): Promise<void> {
    if (how === "crash") {
      await this.#sqlite.sweep();
      this.#starts += 1;
      const copy = join(this.#folder, `${this.#starts}.db`);
      copyDatabase(this.#file, copy);
      await this.#sqlite.close();
      this.#file = copy;
    } else {
      await this.#sqlite.close();
    }
    // The clock is looked at when a server stops.
    await this.memory.sweep();
    const stoppedAt = readRows(this.#file, "SELECT alive_at FROM clock")[0]?.["alive_at"] as number;
    const [license] = await this.memory.licenses();
    if (license !== undefined) assert.equal((await this.memory.usage(license.id))?.now, stoppedAt, "last alive");
    this.clock.advance(downMs);
    this.#downMs += downMs;
    if (setWallTo !== undefined) this.clock.setWall(setWallTo);
    this.#sqlite = openStore(this.#file, this.clock);
    this.memory.resume(stoppedAt);
  }

  close(): Promise<void> {
    return this.#sqlite.close();
  }
}

/**
 * Without the thread that shortens the log, so that a crash leaves all of it; and without waiting for the disk, because
 * no power is cut here.
 */
function openStore(file: string, clock: Clock): SqliteStore {
  const first = openDatabase(file);
  migrate(first);
  first.close();
  return new SqliteStore({
    clock,
    openDatabase: () => {
      const db = openDatabase(file);
      db.exec("PRAGMA synchronous = OFF");
      return db;
    },
    onCommit: () => {},
    onLost: (error) => {
      throw error;
    },
    onClosing: async () => {},
    onClosed: () => {},
  });
}
