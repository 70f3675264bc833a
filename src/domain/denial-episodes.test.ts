import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type DenialEpisode,
  DenialEpisodes,
  deniedAtOnce,
  EPISODE_GAP_MS,
  type SeatAnswer,
} from "./denial-episodes.ts";

function fold(...answers: readonly (readonly [answer: SeatAnswer["answer"], at: number, holder?: string])[]) {
  const found = new DenialEpisodes();
  for (const [index, [answer, at, holder = "ann"]] of answers.entries()) {
    found.add({ id: index + 1, at, answer, licenseId: 1, featureId: 11, holder });
  }
  return found.episodes.map(({ id, holder, firstAt, lastAt, tries, servedAt }) => [
    id,
    holder,
    firstAt,
    lastAt,
    tries,
    servedAt,
  ]);
}

test("[USAGE-2] tries at most 5 minutes apart are one episode, however long it lasts", () => {
  const gap = EPISODE_GAP_MS;
  assert.deepEqual(fold(["denied", 0], ["denied", gap], ["denied", 2 * gap], ["denied", 3 * gap + 1]), [
    [1, "ann", 0, 2 * gap, 3, null],
    [4, "ann", 3 * gap + 1, 3 * gap + 1, 1, null],
  ]);
});

test("[USAGE-2] a seat ends the holder's episode, and nobody else's", () => {
  assert.deepEqual(
    fold(["denied", 1], ["denied", 2, "bob"], ["granted", 3], ["granted", 4], ["denied", 5], ["denied", 6, "bob"]),
    [
      [1, "ann", 1, 1, 1, 3],
      [2, "bob", 2, 6, 2, null],
      [5, "ann", 5, 5, 1, null],
    ],
  );
});

test("[USAGE-6] holders who are denied at the same time are counted once each, at the moment when they are most", () => {
  const base = { id: 1, licenseId: 1, featureId: 11, full: "license", tries: 1, servedAt: null } as const;
  const of = (holder: string, firstAt: number, lastAt: number): DenialEpisode => ({ ...base, holder, firstAt, lastAt });
  const ann = of("ann", 10, 20);
  const before = of("bob", 1, 9);
  const all = [
    before,
    ann,
    of("cyd", 5, 12),
    of("dan", 12, 30),
    of("dan", 15, 16),
    of("eve", 18, 19),
    of("fay", 20, 25),
  ];
  assert.equal(deniedAtOnce(ann, [ann]), 1);
  // At 12: ann, cyd, dan. At 18: ann, dan, eve. At 20: ann, dan, fay.
  assert.equal(deniedAtOnce(ann, all), 3);
  assert.equal(deniedAtOnce(before, all), 2);
});
