import type { LicenseNames } from "../../domain/decision.ts";
import {
  type AnyRecordRef,
  FIRST_IDS,
  type IdKind,
  type NextIds,
  type RecordKind,
  type Records,
  RecordView,
} from "../../domain/records.ts";

type AnyRecord = Records[RecordKind];

/**
 * What belongs to no license: records, and the numbers that new things get; read under one lock, and as decisions have
 * changed it since.
 */
export class Shared {
  nextIds: NextIds = FIRST_IDS;
  lastAdded = 0;
  readonly usedKinds = new Set<IdKind>();
  /** Which licenses the names of scopes mean, by `nameOfNames`. */
  readonly licenseIds = new Map<string, readonly number[]>();
  readonly #found = new Map<string, readonly AnyRecord[]>();
  /** Records that were put or, where undefined, removed. */
  readonly #changed = new Map<RecordKind, Map<number, AnyRecord | undefined>>();

  read(ref: AnyRecordRef | RecordKind, records: readonly AnyRecord[]): void {
    this.#found.set(JSON.stringify(ref), records);
  }

  useId(kind: IdKind, id: number): void {
    if (id < this.nextIds[kind]) return;
    this.nextIds = { ...this.nextIds, [kind]: id + 1 };
    this.usedKinds.add(kind);
  }

  put(kind: RecordKind, record: AnyRecord): void {
    // As it is in a table: whoever put it may change it.
    this.#changesOf(kind).set(record.id, structuredClone(record));
  }

  remove(kind: RecordKind, id: number): void {
    this.#changesOf(kind).set(id, undefined);
  }

  /** Whether it was read if there is such a record. */
  knows(kind: RecordKind, id: number): boolean {
    const isRead = this.#found.has(JSON.stringify(refTo(kind, id))) || this.#found.has(JSON.stringify(kind));
    return isRead || this.#changed.get(kind)?.has(id) === true;
  }

  /** A record that is known, if there is one. */
  find(kind: RecordKind, id: number): AnyRecord | undefined {
    const changed = this.#changed.get(kind);
    if (changed?.has(id)) return changed.get(id);
    const found = this.#found.get(JSON.stringify(refTo(kind, id))) ?? this.#found.get(JSON.stringify(kind));
    return found?.find((record) => record.id === id);
  }

  /** By kind: the records that were put, and the ids of those that were removed. */
  *changes(): Generator<{ kind: RecordKind; put: AnyRecord[]; removed: number[] }> {
    for (const [kind, changed] of this.#changed) {
      const put = [...changed.values()].filter((record) => record !== undefined);
      yield { kind, put, removed: [...changed.keys()].filter((id) => changed.get(id) === undefined) };
    }
  }

  view(refs: readonly AnyRecordRef[], kinds: readonly RecordKind[]): RecordView {
    if (refs.length === 0 && kinds.length === 0) return RecordView.empty;
    return new RecordView(
      refs.map((ref) => [ref, this.#records(ref.kind, ref, (record) => fieldOf(record, ref.field) === ref.value)]),
      kinds.map((kind) => [kind, this.#records(kind, kind, () => true)]),
    );
  }

  /** Whether a decision of this transaction has put a record with that value, or removed the one that had it. */
  changed(kind: RecordKind, field: string, value: string): AnyRecord | undefined {
    return [...(this.#changed.get(kind)?.values() ?? [])].find(
      (record) => record !== undefined && fieldOf(record, field) === value,
    );
  }

  /** Whether a decision of this transaction has put that record, or removed it. */
  isChanged(kind: RecordKind, id: number): boolean {
    return this.#changed.get(kind)?.has(id) === true;
  }

  #records(kind: RecordKind, ref: AnyRecordRef | RecordKind, isAsked: (record: AnyRecord) => boolean): AnyRecord[] {
    const changed = this.#changed.get(kind);
    const found = this.#found.get(JSON.stringify(ref)) ?? [];
    if (changed === undefined) return [...found];
    const put = [...changed.values()].filter((record) => record !== undefined && isAsked(record)) as AnyRecord[];
    return [...found.filter(({ id }) => !changed.has(id)), ...put].sort((a, b) => a.id - b.id);
  }

  #changesOf(kind: RecordKind): Map<number, AnyRecord | undefined> {
    let changed = this.#changed.get(kind);
    if (changed === undefined) {
      changed = new Map();
      this.#changed.set(kind, changed);
    }
    return changed;
  }
}

export function nameOfNames(names: LicenseNames): string {
  return JSON.stringify(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function refTo<Kind extends RecordKind>(kind: Kind, id: number): { kind: Kind; field: "id"; value: number } {
  return { kind, field: "id", value: id };
}

function fieldOf(record: object, field: PropertyKey): unknown {
  return (record as Record<PropertyKey, unknown>)[field];
}
