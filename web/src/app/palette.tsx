import { Modal, NavLink, Stack, Text, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { useReply } from "../api/queries.ts";
import { useSession } from "./session.tsx";
import { usePlaces } from "./use-places.ts";

interface Target {
  readonly key: string;
  readonly label: string;
  readonly about: string;
  readonly to: string;
}

const MOST_SHOWN = 12;

/** Leads anywhere by a few letters: pages, products, licenses by their keys. */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Go to"
      padding="xs"
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <Search onDone={onClose} />
    </Modal>
  );
}

function Search({ onDone }: { onDone(): void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const targets = useTargets(text.trim().toLowerCase()).slice(0, MOST_SHOWN);
  const chosen = Math.min(at, targets.length - 1);
  const go = (target: Target | undefined) => {
    if (target === undefined) return;
    onDone();
    navigate({ to: target.to });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((chosen + step + targets.length) % Math.max(1, targets.length));
    }
    if (event.key === "Enter") go(targets[chosen]);
  };
  return (
    <Stack gap={4}>
      <TextInput
        aria-label="Go to a page, a product or a license"
        placeholder="Page, product or license key"
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-targets"
        aria-activedescendant={targets[chosen] && `palette-${targets[chosen].key}`}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div id="palette-targets" role="listbox" aria-label="Places">
        {targets.map((target, index) => (
          <NavLink
            key={target.key}
            id={`palette-${target.key}`}
            component="div"
            role="option"
            aria-selected={index === chosen}
            active={index === chosen}
            label={target.label}
            description={target.about}
            onClick={() => go(target)}
            py={4}
          />
        ))}
      </div>
      {targets.length === 0 && (
        <Text c="dimmed" size="sm" p="xs">
          Nothing is called like that.
        </Text>
      )}
    </Stack>
  );
}

function useTargets(text: string): readonly Target[] {
  const { side } = useSession();
  const pages = usePlaces().filter(({ label, words }) => `${label} ${words}`.toLowerCase().includes(text));
  const isLongEnough = text.length >= 2;
  const products = useReply(
    "product list",
    { query: { "code.contains": text, limit: "5" } },
    { enabled: isLongEnough && side === "vendor" },
  );
  const licenses = useReply("license list", { query: { "key.contains": text, limit: "5" } }, { enabled: isLongEnough });
  return [
    ...pages.map(({ path, label }) => ({ key: path.slice(1), label, about: "Page", to: path })),
    ...(products.data?.reply.data ?? []).map(({ code, name }) => ({
      key: `product-${code}`,
      label: name,
      about: `Product ${code}`,
      to: `/products/${encodeURIComponent(code)}`,
    })),
    ...(licenses.data?.reply.data ?? []).map(({ id, key, product }) => ({
      key: `license-${id}`,
      label: key ?? `License ${id}`,
      about: `License of ${product}`,
      to: `/licenses/${id}`,
    })),
  ];
}
