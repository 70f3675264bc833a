import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { useTempFolder } from "../../../../test/support/temp-folder.ts";
import { Fault } from "../../../fault.ts";
import { SecretBox } from "../../../signing/secret-box.ts";
import { openSecret } from "./open-secret.ts";

test("[SEC-1] every sealed text opens to its own secret, again and again, beyond what is kept open", (t) => {
  const box = SecretBox.open(join(useTempFolder(t), "key"));
  const sealed = Array.from({ length: 1_500 }, (_, place) => box.seal(`secret ${place}`));
  for (let round = 0; round < 2; round++) {
    for (const [place, each] of sealed.entries()) assert.equal(openSecret(box, each), `secret ${place}`);
  }
});

test("[SEC-1] what one box has open does not open in another", (t) => {
  const folder = useTempFolder(t);
  const [box, other] = [SecretBox.open(join(folder, "one")), SecretBox.open(join(folder, "two"))];
  const sealed = box.seal("secret");
  assert.equal(openSecret(box, sealed), "secret");
  assert.throws(() => openSecret(other, sealed), Fault);
});
