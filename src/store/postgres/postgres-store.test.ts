import { after } from "node:test";
import { usePostgresServer } from "../../../test/support/postgres-server.ts";
import { describeStore } from "../store.contract.ts";
import { openPostgresStore } from "./open-postgres-store.ts";

const server = await usePostgresServer({ after });

describeStore("PostgreSQL store", async (clock) => openPostgresStore(await server.makeDatabase(), { clock }));
