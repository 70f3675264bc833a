import { join } from "node:path";
import { after } from "node:test";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { describeStore } from "../store.contract.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

const folder = useTempFolder({ after });
let opened = 0;

describeStore("SQLite store", (clock) => {
  opened += 1;
  return openSqliteStore(join(folder, `${opened}.db`), { clock });
});
