import {
  Checkbox,
  JsonInput,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  TagsInput,
  TextInput,
} from "@mantine/core";
import type { FieldEntry } from "../api/operation.ts";
import { DurationInput } from "./duration-input.tsx";
import type { Choices } from "./filter-bar.tsx";
import { labelOf, sentence, wordsOf } from "./labels.ts";

export interface FieldInputProps {
  readonly field: FieldEntry;
  /** As the API takes it; undefined is left out of the request. */
  readonly value: unknown;
  onChange(value: unknown): void;
  readonly error?: string | undefined;
  readonly label?: string | undefined;
  readonly about?: string | undefined;
  /** What can be chosen, where the field names something else: a customer, a policy. */
  readonly choices?: Choices | undefined;
  /** Told what is typed to find a choice, where not all of them are in the menu. */
  onSearch?(text: string): void;
  readonly isDisabled?: boolean;
  /** There is always one of the choices, though the API has a usual one. */
  readonly mustChoose?: boolean;
}

/** A field of a request, as its kind is best typed. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, error, choices, onSearch, isDisabled = false, mustChoose = false } = props;
  const common = {
    label: props.label ?? labelOf(field.name),
    description: props.about ?? (field.about === undefined ? undefined : sentence(field.about)),
    error,
    disabled: isDisabled,
    required: field.isRequired === true,
    inputWrapperOrder: ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[],
  };
  const none = field.isNullable === true ? null : undefined;
  if (choices !== undefined && field.kind === "names") {
    return (
      <MultiSelect
        {...common}
        data={[...choices]}
        value={(value as string[] | undefined) ?? []}
        onChange={onChange}
        searchable
        onSearchChange={onSearch}
        clearable
        clearButtonProps={{ "aria-label": `No ${common.label}` }}
      />
    );
  }
  if (choices !== undefined || field.kind === "choice") {
    const isNumber = field.kind === "number";
    return (
      <Select
        {...common}
        data={
          choices === undefined
            ? (field.values ?? []).map((each) => ({ value: each, label: wordsOf(each) }))
            : [...choices]
        }
        value={value == null ? null : String(value)}
        onChange={(next) => onChange(next === null ? none : isNumber ? Number(next) : next)}
        searchable={onSearch !== undefined || (choices?.length ?? 0) > 8}
        onSearchChange={onSearch}
        clearable={field.isRequired !== true && !mustChoose}
        allowDeselect={!mustChoose}
        clearButtonProps={{ "aria-label": `No ${common.label}` }}
      />
    );
  }
  switch (field.kind) {
    case "flag":
      return (
        <Checkbox
          label={common.label}
          description={common.description}
          error={error}
          disabled={isDisabled}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          min={field.minimum}
          max={field.maximum}
          allowDecimal={false}
          value={typeof value === "number" ? value : ""}
          onChange={(typed) => onChange(typeof typed === "number" ? typed : none)}
        />
      );
    case "seconds":
      return (
        <DurationInput
          label={common.label}
          about={common.description}
          error={error}
          isRequired={common.required}
          isDisabled={isDisabled}
          value={value as number | null | undefined}
          onChange={(seconds) => onChange(seconds ?? none)}
        />
      );
    case "time":
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={typeof value === "string" ? localOf(value) : ""}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value === "" ? none : new Date(currentTarget.value).toISOString())
          }
        />
      );
    case "names":
      return <TagsInput {...common} value={(value as string[] | undefined) ?? []} onChange={onChange} />;
    case "object":
    case "objects":
    case "any":
      return <JsonField {...common} value={value} onChange={onChange} />;
    default:
      if (field.isSecret === true) {
        return (
          <PasswordInput
            {...common}
            autoComplete={field.name.startsWith("current") ? "current-password" : "new-password"}
            maxLength={field.maxLength}
            value={typeof value === "string" ? value : ""}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          />
        );
      }
      return (
        <TextInput
          {...common}
          maxLength={field.maxLength}
          value={typeof value === "string" ? value : ""}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value === "" && !common.required ? none : currentTarget.value)
          }
        />
      );
  }
}

/** JSON that is being typed is no JSON yet: until it is one, the text itself is the value. */
export class UnreadJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function JsonField({
  value,
  onChange,
  ...rest
}: {
  readonly value: unknown;
  onChange(value: unknown): void;
  readonly label: string;
  readonly error?: string | undefined;
}) {
  const text = value === undefined ? "" : value instanceof UnreadJson ? value.text : JSON.stringify(value, null, 2);
  return (
    <JsonInput
      {...rest}
      autosize
      minRows={2}
      maxRows={12}
      formatOnBlur
      placeholder="{}"
      defaultValue={text}
      error={value instanceof UnreadJson ? "This is not JSON yet" : rest.error}
      onChange={(typed) => onChange(typed.trim() === "" ? undefined : readJson(typed))}
    />
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return new UnreadJson(text);
  }
}

/** The time as an input of the reader's zone takes it. */
function localOf(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
