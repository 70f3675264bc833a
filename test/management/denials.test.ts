import assert from "node:assert/strict";
import { after, test } from "node:test";
import { listDenials, showDenial } from "../../src/management/operations/usage.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { giveBack, takeSeat, wantSeat } from "./seat-takers.ts";

const MINUTE = 60_000;
const timeoutMs = 60 * MINUTE;

const features = [
  makeFeature({ timeoutMs, capacity: 2 }),
  makeFeature({ id: 12, code: "sim", timeoutMs, capacity: 200 }),
];
const server = await startFloatingServer({ after }, { licenses: [makeLicense({ capacity: 150, features })] });
const viewer = await clientOf(server);
const operator = await clientOf(server, "operator");
const { clock } = server;

/** The ids of a holder's denials, the first one first. */
async function denialsOf(holder: string): Promise<number[]> {
  const { data } = expectReply(listDenials, await viewer.get(`/denials?holder=${holder}`));
  return data.map(({ id }: { readonly id: number }) => id);
}

async function show(id: number | undefined) {
  return expectReply(showDenial, await viewer.get(`/denials/${id}`));
}

test("[USAGE-6] a denial tells who had the seats when it began, and how many would have been enough", async () => {
  await takeSeat(server, "ann");
  await takeSeat(server, "bob");
  clock.advance(MINUTE);
  await wantSeat(server, "cyd");
  clock.advance(2 * MINUTE);
  await wantSeat(server, "dan");
  await wantSeat(server, "eve");
  clock.advance(2 * MINUTE);
  await wantSeat(server, "cyd");
  await giveBack(server, "ann");
  await takeSeat(server, "cyd");
  clock.advance(10 * MINUTE);
  await wantSeat(server, "fay");
  await giveBack(server, "bob");

  const [id] = await denialsOf("cyd");
  const [listed] = expectReply(listDenials, await viewer.get("/denials?holder=cyd")).data;
  const { capacity, would_have_needed, holders, holders_total, ...rest } = await show(id);
  assert.deepEqual(rest, listed);
  assert.deepEqual([rest.tries, rest.was_served_later], [2, true]);
  // cyd, dan and eve wanted one at the same time.
  assert.deepEqual([capacity, would_have_needed, holders, holders_total], [2, 5, ["ann", "bob"], 2]);

  const later = await show((await denialsOf("fay"))[0]);
  assert.deepEqual([later.would_have_needed, later.holders], [3, ["bob", "cyd"]]);
});

test("[USAGE-6] what is no denial's first event is not there", async () => {
  const [id = 0] = await denialsOf("cyd");
  const events = await server.store.events(id, 10, { kinds: ["seat_denied"], holders: ["cyd"] });
  expectProblem(await viewer.get(`/denials/${events[0]?.id}`), 404, "does_not_exist");
  expectProblem(await viewer.get(`/denials/${id - 1}`), 404, "does_not_exist");
});

test("[USAGE-6] of a full license the holders of any of its features are told, 100 of them by name", async () => {
  clock.advance(2 * timeoutMs);
  await takeSeat(server, "ann");
  for (let user = 0; user < 149; user += 1) await takeSeat(server, `user ${user}`, "sim");
  await takeSeat(server, "ann", "sim");
  await wantSeat(server, "gil", "sim");
  await wantSeat(server, "gil");
  const [first, second] = await denialsOf("gil");
  for (const id of [first, second]) {
    const denial = await show(id);
    assert.deepEqual([denial.code, denial.capacity, denial.would_have_needed], ["license_full", 150, 151]);
    assert.deepEqual([denial.holders.length, denial.holders_total, denial.holders[0]], [100, 150, "ann"]);
  }
});

test("[USAGE-6] a seat that is held from one holder needs no other", async () => {
  clock.advance(2 * timeoutMs);
  await takeSeat(server, "hal");
  const { body } = await viewer.get("/seats?holder=hal&feature=render");
  const seat = body.data[0].id;
  assert.equal((await operator.post(`/seats/${seat}/release`, { hold_seconds: 600 })).status, 200);
  await wantSeat(server, "hal");
  const denial = await show((await denialsOf("hal"))[0]);
  assert.deepEqual([denial.would_have_needed, denial.holders], [null, []]);
});
