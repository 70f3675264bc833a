import type { operationTable } from "./operation-table.ts";
import type { OperationTypes } from "./operation-types.d.ts";

export type Role = "viewer" | "operator" | "admin";
export type Side = "vendor" | "floating";

/** A field of a body, as forms and commands need to know it. */
export interface FieldEntry {
  readonly name: string;
  readonly kind: "flag" | "seconds" | "time" | "number" | "choice" | "names" | "objects" | "object" | "any" | "text";
  readonly isRequired?: boolean;
  /** A password: not shown while it is typed. */
  readonly isSecret?: boolean;
  readonly isNullable?: boolean;
  readonly values?: readonly string[];
  readonly about?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** What the UI knows of an operation at run time. */
export interface OperationEntry {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below `/manage/v1`; parameters in braces. */
  readonly path: string;
  readonly role: Role | "anyone";
  readonly sides: readonly Side[];
  readonly params?: readonly string[];
  readonly fields?: readonly FieldEntry[];
  /** By what a list is filtered and ordered, and of which kind that is. */
  readonly filters?: Readonly<Record<string, "text" | "number" | "time" | "boolean">>;
  /** The field of the body that is the text of a file; empty where the body itself is one. */
  readonly file?: string;
  readonly passwords?: readonly string[];
  /** Flags of the command line that are not called after their field. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly hasEtag?: boolean;
  readonly isCreation?: boolean;
  /** The command line has no such command. */
  readonly isHidden?: boolean;
}

/** `<noun> <verb>`, as on the command line. */
export type OperationName = keyof typeof operationTable & keyof OperationTypes;
export type ListName = {
  [Name in OperationName]: OperationTypes[Name] extends { item: unknown } ? Name : never;
}[OperationName];

export type ParamsOf<Name extends OperationName> = OperationTypes[Name]["params"];
export type QueryOf<Name extends OperationName> = OperationTypes[Name]["query"];
export type BodyOf<Name extends OperationName> = OperationTypes[Name]["body"];
export type ReplyOf<Name extends OperationName> = OperationTypes[Name]["reply"];
export type ItemOf<Name extends ListName> = OperationTypes[Name] extends { item: infer Item } ? Item : never;

/** What a request says beside its operation. */
export interface Given<Name extends OperationName> {
  readonly params?: ParamsOf<Name>;
  readonly query?: QueryOf<Name>;
  readonly body?: BodyOf<Name>;
}
