import { Anchor, Text } from "@mantine/core";

/** A link to a site elsewhere. An address of another kind than a web page's is a text: it might run something. */
export function OutsideLink({ href, children }: { readonly href: string; readonly children: string }) {
  if (!/^https?:\/\//i.test(href)) return <Text span>{href}</Text>;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" title={href}>
      {children}
    </Anchor>
  );
}
