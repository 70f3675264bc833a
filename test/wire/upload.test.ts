import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer, vendor } from "../support/floating-server.ts";
import { makeConsumption, makeFeature, makeProduct } from "../support/make-license.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { licenseOf, render } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });

const UPLOAD = "/api/v4/license/upload";
const BOUNDARY = "----boundary";
const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
const day = (of: number) => Date.UTC(2026, 0, of);

interface Part {
  readonly name: string;
  readonly content: string | Buffer;
  readonly filename?: string;
}

function multipart(parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer {
  const written = parts.flatMap(({ name, content, filename }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
        `${filename === undefined ? "" : `; filename="${filename}"`}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...written, Buffer.from(end)]);
}

const send = (body: Buffer | string, headers: Record<string, string> = MULTIPART) => server.post(UPLOAD, body, headers);
const upload = (content: string | Buffer, product?: string) =>
  send(multipart([...(product === undefined ? [] : [{ name: "product", content: product }]), file(content)]));
const file = (content: string | Buffer, name = "file"): Part => ({ name, content, filename: "license.lic" });
const licenses = async () => (await server.get("/api/v4/licenses")).json as { id: number; floating_users: number }[];

const good = await server.answer(licenseOf("broken"));

test("[FILE-1] the first file part is taken, whatever its name, wherever it stands", async () => {
  const [one, two] = [licenseOf("one"), licenseOf("two")];
  const [first, second] = [await server.answer(one), await server.answer(two)];
  for (const name of ["file", "license", "File", "0", ""]) {
    const parts = [
      { name: "note", content: "x" },
      file(first, name),
      file(second, "other"),
      { name: "z", content: "" },
    ];
    assert.equal(expectReply("licenseUpload", await send(multipart(parts))).id, one.id);
  }
  assert.deepEqual(
    (await licenses()).map(({ id }) => id),
    [one.id],
  );
});

test("[FILE-3] the product that the uploader names must be the file's, before or after the file", async () => {
  const license = licenseOf("named");
  const content = await server.answer(license);
  for (const name of ["product", "Product"]) {
    const field = { name, content: "other" };
    for (const parts of [
      [field, file(content)],
      [file(content), field],
    ]) {
      expectError(await send(multipart(parts)), "license_file_invalid", "product");
    }
  }
  expectReply("licenseUpload", await upload(content, "named"));
  expectReply("licenseUpload", await upload(content, ""));
});

test("[FILE-3] a license never changes its product", async () => {
  const license = licenseOf("before");
  await server.import(license, day(1));
  const moved = { ...license, product: makeProduct("after") };
  for (const content of [await server.answer(moved, day(2)), await vendor.refresh(moved, server.hardwareId, day(2))]) {
    expectError(await upload(content), "license_file_invalid", "product");
  }
  expectError(await server.get("/api/v4/license?product=after"), "unknown_product");
});

test("[FILE-4] the same file changes nothing, a newer one updates, an older one is license_file_outdated", async () => {
  const license = licenseOf("versions");
  const version = (capacity: number, of: number) =>
    vendor.refresh({ ...license, capacity }, server.hardwareId, day(of));
  const capacity = async () => (await server.get("/api/v4/license?product=versions")).json.floating_users;
  const second = await version(7, 2);
  const first = await server.answer(license, day(1));
  expectReply("licenseUpload", await upload(first));
  expectReply("licenseUpload", await upload(second));
  assert.equal(await capacity(), 7);
  const before = (await server.store.events(0, -1)).length;
  expectReply("licenseUpload", await upload(second));
  assert.equal((await server.store.events(0, -1)).length, before, "no event for what changes nothing");
  expectError(await upload(await version(8, 1)), "license_file_outdated");
  expectError(await upload(first), "license_file_outdated");
  expectError(await upload(await server.answer(license, day(1))), "license_file_outdated");
  assert.equal(await capacity(), 7);
  expectReply("licenseUpload", await upload(await version(9, 3)));
  assert.equal(await capacity(), 9);
  await server.restart();
  assert.equal(await capacity(), 9);
  expectError(await upload(second), "license_file_outdated");
});

test("[FILE-4] the reply's header says what the file did", async () => {
  const license = licenseOf("header");
  const first = await server.answer(license, day(1));
  const second = await vendor.refresh(license, server.hardwareId, day(2));
  for (const [content, result] of [
    [first, "new"],
    [first, "unchanged"],
    [second, "updated"],
    [second, "unchanged"],
  ] as const) {
    assert.equal((await upload(content)).headers["x-import-result"], result);
  }
});

test("[FILE-5] all features are imported; those that float become pools, and a newer file changes them", async () => {
  const license = licenseOf("features", {
    features: [render, makeFeature({ id: 502, code: "fixed", floats: { onPremise: false, cloud: false } })],
  });
  await server.import(license, day(1));
  const use = (feature: string, user = "ada") =>
    server.post("/api/v4/featureRegister", { product: "features", feature, user });
  for (const user of ["ada", "grace"]) expectReply("featureRegister", await use("render", user));
  expectError(await use("fixed"), "feature_not_floating");
  const added = makeFeature({ id: 503, code: "added" });
  await server.refresh({ ...license, features: [{ ...render, capacity: 1 }, added] }, day(2));
  expectError(await use("render", "linus"), "floating_not_available");
  assert.equal(expectReply("featureRegister", await use("render")).floating_in_use_devices, 2, "kept, and renewed");
  expectReply("featureRegister", await use("added"));
  expectError(await use("fixed"), "invalid_license_feature_code", "fixed");
});

test("[FILE-5] counters start from the file once; later files leave what was counted here alone", async () => {
  const consumption = (initialTotal: number) => makeConsumption({ initialTotal });
  const license = licenseOf("counters", { type: "consumption", consumption: consumption(5) });
  const add = async () =>
    (await server.post("/api/v4/add_consumption", { product: "counters" })).json.total_consumptions;
  await server.import(license, day(1));
  assert.equal(await add(), 6);
  await server.refresh({ ...license, consumption: consumption(50) }, day(2));
  assert.equal(await add(), 7);
});

test("[FILE-2] a file that fails a check imports nothing, and the check is named", async () => {
  const license = licenseOf("refused");
  const before = await licenses();
  const good = await server.answer(license);
  const json = Buffer.from(good, "base64").toString();
  for (const [content, code, check] of [
    ["", "license_file_invalid", "base64"],
    ["?", "license_file_invalid", "base64"],
    [good.slice(0, 400), "license_file_invalid", "json"],
    [json.replace('"floating_users":10', '"floating_users":99'), "license_file_invalid", "signature"],
    [await server.answer({ ...license, features: [render, render] }), "license_file_invalid", "content"],
    [await vendor.answer(license, "sk-other"), "hardware_id_mismatch", "sk-other"],
  ] as const) {
    expectError(await upload(content), code, check);
  }
  assert.deepEqual(await licenses(), before);
});

test("[FILE-2] a file of 1 MiB is read, a byte more is payload_too_large", async () => {
  const good = await server.answer(licenseOf("large"));
  const padded = (bytes: number) => good + "\n".repeat(bytes - good.length);
  expectReply("licenseUpload", await upload(padded(1_048_576)));
  expectError(await upload(padded(1_048_577)), "payload_too_large");
  expectError(await upload(padded(8_000_000)), "payload_too_large");
});

test("[WIRE-2] an upload without a file is missing_parameters", async () => {
  expectError(await send(multipart([])), "missing_parameters", "file");
  expectError(await send(multipart([{ name: "file", content: "text" }])), "missing_parameters", "file");
});

for (const type of [
  "application/json",
  "text/plain",
  "application/octet-stream",
  "application/x-www-form-urlencoded",
]) {
  test(`[WIRE-1] an upload as ${type} is unsupported_media_type`, async () => {
    expectError(await send("{}", { "content-type": type }), "unsupported_media_type");
  });
}

test("[WIRE-1] an upload without a body or type is unsupported_media_type", async () => {
  expectError(await server.post(UPLOAD), "unsupported_media_type");
});

for (const [what, body, headers] of [
  ["without a boundary", multipart([file("x")]), { "content-type": "multipart/form-data" }],
  ["with an empty boundary", multipart([file("x")]), { "content-type": "multipart/form-data; boundary=" }],
  ["with another boundary", multipart([file("x")]), { "content-type": "multipart/form-data; boundary=other" }],
  ["cut off in the file", multipart([file(good)], ""), MULTIPART],
  ["cut off in a header", Buffer.from(`--${BOUNDARY}\r\nContent-Dispo`), MULTIPART],
  ["that is no multipart", Buffer.from("hello"), MULTIPART],
  ["with a broken part header", Buffer.from(`--${BOUNDARY}\r\n\0:\r\n\r\nx\r\n--${BOUNDARY}--\r\n`), MULTIPART],
  ["with a field __proto__", multipart([{ name: "__proto__", content: "x" }, file("x")]), MULTIPART],
  [
    "with a field of JSON that is none",
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: application/json\r\n\r\n{\r\n--${BOUNDARY}--\r\n`,
    ),
    MULTIPART,
  ],
  ["of too many files", multipart(Array.from({ length: 30 }, () => file("x"))), MULTIPART],
  [
    "of too many fields",
    multipart(Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, content: "x" }))),
    MULTIPART,
  ],
] as const) {
  test(`[ERR-3] an upload ${what} is the client's error, and imports nothing`, async () => {
    const before = await licenses();
    const reply = await send(body, headers);
    expectError(reply, reply.json.code);
    assert.ok(reply.status >= 400 && reply.status < 500, reply.text);
    assert.deepEqual(await licenses(), before);
  });
}
