import { Box, Checkbox, Table, Text } from "@mantine/core";
import type { Role } from "../../api/operation.ts";
import { useSession } from "../../app/session.tsx";
import { wordsOf } from "../../parts/labels.ts";
import type { Fields } from "../../parts/use-fields.ts";
import { type ScopeNoun, scopeNouns, wayOf, withScope } from "./scopes.ts";

/** What a token may do: all that its role may, or what is ticked. */
export function ScopesField({ fields }: { readonly fields: Fields }) {
  const { side } = useSession();
  const { value, onChange, error } = fields.bind("scopes");
  const scopes = value as readonly string[] | null | undefined;
  const role = (fields.values["role"] ?? "viewer") as Role;
  return (
    <div>
      <Checkbox
        label="Everything its role may"
        description={scopes == null ? "Safer: untick this, and tick only what the script needs" : undefined}
        checked={scopes == null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : [])}
        error={error}
      />
      {scopes != null && (
        <Box
          mt="xs"
          mah={320}
          style={{ overflow: "auto", border: "1px solid var(--mantine-color-default-border)", borderRadius: 8 }}
          tabIndex={0}
          role="region"
          aria-label="What it may do"
        >
          <Table stickyHeader verticalSpacing={4} aria-label="What it may do">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Of</Table.Th>
                <Table.Th w={70}>Read</Table.Th>
                <Table.Th w={80}>Change</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {scopeNouns(side, role).map((noun) => (
                <ScopeRow key={noun.noun} noun={noun} scopes={scopes} onChange={onChange} />
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      )}
    </div>
  );
}

function ScopeRow({
  noun: { noun, reads, writes },
  scopes,
  onChange,
}: {
  readonly noun: ScopeNoun;
  readonly scopes: readonly string[];
  onChange(scopes: readonly string[]): void;
}) {
  const way = wayOf(scopes, noun);
  const words = wordsOf(noun).replace("Api", "API").replace("Oauth", "OAuth");
  return (
    <Table.Tr>
      <Table.Td>
        {words}
        <Text size="xs" c="dimmed">
          {[...reads, ...writes].join(", ")}
        </Text>
      </Table.Td>
      <Table.Td>
        {reads.length > 0 && (
          <Checkbox
            aria-label={`Read ${words}`}
            checked={way !== "none"}
            disabled={way === "write" && writes.length > 0}
            onChange={({ currentTarget }) => onChange(withScope(scopes, noun, currentTarget.checked ? "read" : "none"))}
          />
        )}
      </Table.Td>
      <Table.Td>
        {writes.length > 0 && (
          <Checkbox
            aria-label={`Change ${words}`}
            checked={way === "write"}
            onChange={({ currentTarget }) =>
              onChange(withScope(scopes, noun, currentTarget.checked ? "write" : reads.length > 0 ? "read" : "none"))
            }
          />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
