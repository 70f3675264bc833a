import type { Problem } from "../../../schemas/management.d.ts";

/** What the server refused, and why. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Any failure as a problem: a server that does not answer has no code of its own. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const isNetwork = error instanceof TypeError;
  return {
    type: "",
    title: isNetwork ? "No answer" : "Something went wrong on this page",
    status: 0,
    detail: isNetwork ? "The server does not answer. Is it running?" : String(error),
    code: isNetwork ? "unreachable" : "page_error",
    request_id: "",
  };
}

/** Codes whose details name the field, and say nothing about it without the sentence around them. */
const WHOLE_SENTENCE: readonly string[] = ["already_exists", "is_in_use"];

/** The sentences about fields, by the fields' names. */
export function fieldErrors(problem: Problem): Readonly<Record<string, string>> {
  if (problem.param !== undefined && WHOLE_SENTENCE.includes(problem.code)) return { [problem.param]: problem.detail };
  const own = problem.param === undefined ? [] : [{ param: problem.param, detail: problem.detail }];
  return Object.fromEntries([...own, ...(problem.errors ?? [])].map(({ param, detail }) => [param, detail]));
}
