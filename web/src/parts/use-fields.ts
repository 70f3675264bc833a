import { useState } from "react";
import type { FieldEntry, OperationEntry, OperationName } from "../api/operation.ts";
import { operationTable } from "../api/operation-table.ts";
import { fieldErrors, toProblem } from "../api/problem.ts";
import { UnreadJson } from "./field-input.tsx";

export type Values = Readonly<Record<string, unknown>>;

/** The fields of an operation's body while they are typed. */
export interface Fields {
  readonly values: Values;
  /** What was changed: what an update sends. */
  readonly changed: Values;
  readonly entries: ReadonlyMap<string, FieldEntry>;
  /** What goes to `FieldInput` for a field. */
  bind(name: string): {
    readonly field: FieldEntry;
    readonly value: unknown;
    onChange(value: unknown): void;
    readonly error: string | undefined;
  };
  /** What is wrong, by paths: `features.0.seats`. */
  readonly errors: Readonly<Record<string, string>>;
  set(changes: Values): void;
  /**
   * @param body what would be sent of a change; @param more what the form itself finds wrong, by field
   * @returns whether it can be sent; the fields tell what is missing
   */
  check(body?: Values, more?: Readonly<Record<string, string>>): boolean;
  /** What is sent for fields that were emptied: left out, they would stay as they are. */
  emptied(body: Values): Values;
  showErrors(error: unknown): void;
}

export function useFields(operation: OperationName, initial: Values = {}): Fields {
  const [changed, setChanged] = useState<Values>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const { fields = [] }: OperationEntry = operationTable[operation];
  const entries = new Map(fields.map((field) => [field.name, field]));
  const values = { ...initial, ...changed };
  const set = (changes: Values) => {
    setChanged((before) => ({ ...before, ...changes }));
    const isStill = ([path]: [string, unknown]) => !Object.keys(changes).some((name) => isAtOrBelow(path, name));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(isStill)));
  };
  const wasThere = (name: string) => initial[name] !== undefined && initial[name] !== null && initial[name] !== "";
  const emptied = (body: Values) =>
    Object.fromEntries(
      Object.entries(body).map(([name, value]) => {
        const field = entries.get(name);
        return [name, value === undefined && field !== undefined && wasThere(name) ? emptyOf(field) : value];
      }),
    );
  return {
    values,
    changed,
    emptied,
    entries,
    errors,
    set,
    bind(name) {
      const field = entries.get(name);
      if (field === undefined) throw new Error(`${operation} has no field ${name}`);
      const [, error] = Object.entries(errors).find(([path]) => isAtOrBelow(path, name)) ?? [];
      return { field, value: values[name], onChange: (value) => set({ [name]: value }), error };
    },
    check(body = {}, more = {}) {
      const unfilled = Object.entries(emptied(body)).flatMap(([name, value]) =>
        value === undefined && wasThere(name) ? [[name, "This cannot be left empty"]] : [],
      );
      const bad = fields.flatMap((field) => problemOf(field, values[field.name]));
      const found = { ...Object.fromEntries([...unfilled, ...bad]), ...more };
      setErrors(found);
      return Object.keys(found).length === 0;
    },
    showErrors(error) {
      setErrors(fieldErrors(toProblem(error)));
    },
  };
}

/** Nothing, as the API takes it; undefined where there has to be something. */
function emptyOf({ kind, minLength = 0 }: FieldEntry): unknown {
  if (kind === "text" && minLength === 0) return "";
  if (kind === "object") return {};
  return kind === "names" || kind === "objects" ? [] : undefined;
}

/** Whether a path is a field's own, or leads into it. */
function isAtOrBelow(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`);
}

function problemOf({ name, isRequired, kind }: FieldEntry, value: unknown): [string, string][] {
  if (value instanceof UnreadJson) return [[name, "This is not JSON yet"]];
  const isMissing = value === undefined || (kind === "text" && typeof value === "string" && value.trim() === "");
  return isRequired === true && isMissing ? [[name, "This is needed"]] : [];
}
