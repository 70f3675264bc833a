import assert from "node:assert/strict";
import { after, test } from "node:test";
import { allOperations } from "../../src/management/all-operations.ts";
import { listPools } from "../../src/management/operations/seats.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { expectReply } from "./expect-operation.ts";

const floats = { onPremise: true, cloud: false };
const features = [900_000, 90_500, 1_500_000].map((timeoutMs, at) =>
  makeFeature({ id: 11 + at, code: `f${timeoutMs}`, floats, timeoutMs }),
);
const licenses = [makeLicense({ floats, timeoutMs: 600_000, features })];
const server = await startFloatingServer({ after }, { licenses });
const viewer = await clientOf(server, "viewer");

async function timeouts(query: string): Promise<readonly number[]> {
  const { data } = expectReply(listPools, await viewer.get(`/pools?${query}`));
  return data.map(({ timeout_seconds }: { readonly timeout_seconds: number }) => timeout_seconds);
}

test("[MANAGE-3] pools are found and ordered by seconds, as they are shown", async () => {
  assert.deepEqual(await timeouts("order=timeout_seconds"), [90.5, 600, 900, 1_500]);
  assert.deepEqual(await timeouts("order=-timeout_seconds&limit=2"), [1_500, 900]);
  assert.deepEqual(await timeouts("timeout_seconds=90.5"), [90.5]);
  assert.deepEqual(await timeouts("timeout_seconds.in=600,900&order=timeout_seconds"), [600, 900]);
  assert.deepEqual(await timeouts("timeout_seconds.gte=600&timeout_seconds.lte=900&order=id"), [600, 900]);
  assert.deepEqual(await timeouts("timeout_seconds=600000"), []);
});

test("[MANAGE-3] no list has seconds that the test above does not try", () => {
  const lists = allOperations.flatMap(({ noun, verb, list = {} }) =>
    Object.keys(list).map((field) => `${noun} ${verb} ${field}`),
  );
  const { noun, verb } = listPools;
  assert.deepEqual(
    lists.filter((each) => each.endsWith("_seconds")),
    [`${noun} ${verb} timeout_seconds`],
  );
});
