import type { Operation } from "../../src/management/operation.ts";

/** How one kind of thing lives: what it is made of and changed to, and what collides. */
export interface Life {
  readonly path: string;
  readonly list: Operation;
  readonly create: Operation;
  readonly show: Operation;
  readonly update: Operation;
  /** Of DELETE: it is gone then, or revoked. */
  readonly end: Operation;
  readonly isRevoked?: boolean;
  readonly body: object;
  readonly shows: object;
  readonly patch: object;
  readonly changed: object;
  /** A query that finds it, and one that does not. */
  readonly found: string;
  readonly notFound: string;
  readonly bad: object;
  readonly badParam: string;
  /** Where the schema lets it pass and the use case does not. */
  readonly badCode?: string;
  /** What the schema lets pass, and no change or creation. */
  readonly impossible: object;
  /** A second one, and what is changed so that it collides with the first; left out where nothing is unique. */
  readonly other?: object;
  readonly collision?: object;
  /** Its name in the path. */
  nameOf(body: Record<string, unknown>): string | number;
  readonly missing: string;
}

/** One code point more than a name may have. */
export const TOO_LONG = "x".repeat(256);

export const byId = ({ id }: Record<string, unknown>) => Number(id);
