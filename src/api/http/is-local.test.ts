import assert from "node:assert/strict";
import { test } from "node:test";
import type { FastifyRequest } from "fastify";
import { SetupLink } from "../management/access/setup-link.ts";
import { isLocal } from "./is-local.ts";

/** As much of a request as is looked at. */
function from(remoteAddress: string | undefined, headers: Readonly<Record<string, string>> = {}): FastifyRequest {
  return { socket: { remoteAddress }, headers } as unknown as FastifyRequest;
}

const LOCAL = ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"];
const REMOTE = ["10.0.0.7", "203.0.113.1", "::ffff:203.0.113.1", "fe80::1", "2001:db8::1", "0.0.0.0", "::", ""];

test("[ADMIN-2] [AUTH-2] only loopback addresses are this machine", () => {
  for (const address of LOCAL) assert.equal(isLocal(from(address)), true, address);
  for (const address of [...REMOTE, undefined]) assert.equal(isLocal(from(address)), false, String(address));
});

test("[ADMIN-2] [AUTH-2] what came through a proxy on this machine is from elsewhere", () => {
  for (const header of ["x-forwarded-for", "forwarded"]) {
    for (const value of ["127.0.0.1", ""]) assert.equal(isLocal(from("127.0.0.1", { [header]: value })), false, header);
  }
});

test("[ADMIN-2] the right token from another address makes no admin", () => {
  const setup = new SetupLink(() => 0);
  for (const address of REMOTE) {
    assert.equal(setup.problemOf(setup.token, isLocal(from(address))), "only from this machine itself");
  }
  for (const address of LOCAL) assert.equal(setup.problemOf(setup.token, isLocal(from(address))), undefined);
});
