import { Alert, Anchor, Code, Text } from "@mantine/core";
import { toProblem } from "../api/problem.ts";

/** A failure as people can use it: the sentence, the fields, the code with the page that explains it, the request. */
export function ProblemAlert({ error, title }: { readonly error: unknown; readonly title?: string }) {
  const { detail, code, request_id: requestId, type, errors = [], title: ofStatus } = toProblem(error);
  const several = errors.length > 1;
  return (
    <Alert color="red" title={title ?? ofStatus} role="alert">
      {several ? (
        <ul style={{ margin: 0, paddingInlineStart: "1.2em" }}>
          {errors.map((each) => (
            <li key={each.param}>{each.detail}</li>
          ))}
        </ul>
      ) : (
        <Text size="sm">{detail}</Text>
      )}
      <Text size="xs" mt="xs">
        Code{" "}
        {type === "" ? (
          <Code>{code}</Code>
        ) : (
          <Anchor href={type} target="_blank" underline="always" size="xs">
            {code}
          </Anchor>
        )}
        {requestId !== "" && (
          <>
            {" · "}Request <Code>{requestId}</Code>
          </>
        )}
      </Text>
    </Alert>
  );
}
