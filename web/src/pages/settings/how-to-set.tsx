import { Code, Text } from "@mantine/core";

const EXAMPLE = `# seatkeeper.yaml
seats:
  grace-seconds: 60
management:
  public-url: https://licenses.example.com`;

/** Settings are not changed here: they belong to the machine, and take effect at a start. */
export function HowToSet() {
  return (
    <details>
      <summary>How to change a setting</summary>
      <Text size="sm" my="xs">
        Write it into <code>seatkeeper.yaml</code> in the folder where the server is started (or the file named by{" "}
        <code>--config</code>), or give it as a flag, or as a variable of the environment. A flag wins over the
        environment, and that over the file. Then restart the server: seats survive it.
      </Text>
      <Code block>{EXAMPLE}</Code>
      <Text size="sm" mt="xs">
        The same as a flag: <code>--seats.grace-seconds 60</code>; as a variable:{" "}
        <code>SEATKEEPER_SEATS_GRACE_SECONDS=60</code>.
      </Text>
    </details>
  );
}
