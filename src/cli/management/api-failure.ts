import { CommandFailure } from "../command-failure.ts";
import { visible } from "./visible.ts";

/** What the management API answers where it refuses. */
export interface WireProblem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly param: string; readonly detail: string }[];
}

/** The server has refused; the sentence is its own. */
export class ApiFailure extends CommandFailure {
  readonly problem: WireProblem;

  /** @param message other words for the same, where the sentence names what the caller has not typed so */
  constructor(problem: WireProblem, message = sentenceOf(problem)) {
    super(kindOf(problem.status), message);
    this.problem = problem;
  }
}

export function isProblem(reply: unknown): reply is WireProblem {
  if (typeof reply !== "object" || reply === null) return false;
  const { code, detail, status } = reply as Partial<WireProblem>;
  return typeof code === "string" && typeof detail === "string" && typeof status === "number";
}

function sentenceOf({ status, code, detail }: WireProblem): string {
  const advice = status === 401 && code === "unauthorized" ? "; see seatkeeper login" : "";
  return visible(`${detail}${advice} (${code})`);
}

function kindOf(status: number): "denied" | "usage" | "failed" {
  if (status === 401 || status === 403) return "denied";
  return status === 400 || status === 422 ? "usage" : "failed";
}
