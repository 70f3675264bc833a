import { Anchor, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import { CopyText } from "../../parts/copy-text.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Pool } from "./pool-filter.ts";

/** Nobody has taken a seat: how one is taken. */
export function NoSeats({ pools }: { readonly pools: readonly Pool[] }) {
  const { side } = useSession();
  const status = useReply("server show");
  const url = hereOf(status.data?.reply.api_url);
  const pool = pools.find(({ feature }) => feature !== null) ?? pools[0];
  if (url === undefined || pool === undefined) return null;
  return (
    <EmptyState title="No seat is in use">
      {side === "floating" ? (
        <Stack gap="xs" ta="start">
          <span>This takes a seat, which appears above within a second:</span>
          <CopyText text={takeSeat(url, pool)} label="command that takes a seat" />
          <span>
            Use the address by which your applications reach this server. Where users have to log in (the setting{" "}
            <code>auth.required</code>), the request needs their token too.
          </span>
        </Stack>
      ) : (
        <>
          Applications take seats by <code>check_license_feature</code> of the License API at {url}, from devices that
          are active on a license.{" "}
          <Anchor renderRoot={(props) => <Link to="/api" {...props} />} underline="always">
            How to call it
          </Anchor>
        </>
      )}
    </EmptyState>
  );
}

/** A server that listens everywhere does not know by which name it is reached; this page does. */
function hereOf(apiUrl: string | undefined): string | undefined {
  return apiUrl?.replace(/\/\/(0\.0\.0\.0|\[::\])(?=[:/])/, `//${location.hostname}`);
}

/** For any POSIX shell. */
function takeSeat(url: string, { product, license, feature }: Pool): string {
  const body = { product, license_id: license, ...(feature !== null && { feature }), user: "ann" };
  const text = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  const route = feature === null ? "register" : "featureRegister";
  return `curl -sS ${url}/${route} -H 'content-type: application/json' -d '${text}'`;
}
