/** What can be wrong with a request before any use case sees it. */
export type RequestCode =
  | "missing_parameters"
  | "validation_error"
  | "invalid_json"
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "payload_too_large"
  | "unsupported_media_type"
  | "too_many_requests"
  | "headers_too_large"
  | "internal_error"
  | "not_implemented"
  | "store_unavailable";

/** Thrown at the HTTP edge only, to leave a hook or a parser with an answer. */
export class RequestRefusal<Code extends string = RequestCode> extends Error {
  readonly refused: Code;
  /** What the sentence names: fields, a reason. */
  readonly about: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(refused: Code, about?: string, headers: Readonly<Record<string, string>> = {}) {
    super(about ?? refused);
    this.name = "RequestRefusal";
    this.refused = refused;
    this.about = about;
    this.headers = headers;
  }
}
