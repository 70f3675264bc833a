import type { Command, CommandContext } from "@stricli/core";
import { allOperations } from "../../management/all-operations.ts";
import { makeCommand } from "./make-command.ts";

/** The commands of the management API: noun, verb, command. The first of a name counts. */
export function managementCommands(): Readonly<Record<string, Readonly<Record<string, Command<CommandContext>>>>> {
  const nouns: Record<string, Record<string, Command<CommandContext>>> = {};
  for (const operation of allOperations.filter(({ isHidden }) => isHidden !== true)) {
    const { noun, verb } = operation;
    nouns[noun] ??= {};
    nouns[noun][verb] ??= makeCommand(operation);
  }
  return nouns;
}
