/** What the text names: the date as the file has it, who is licensed, on which device, and who asks. */
interface OfflineText {
  readonly date: string;
  /** The license key, or the user name of a user-based license. */
  readonly licensee: string;
  readonly hardwareId: string;
  /** The API key or the client id whose secret signs. */
  readonly signer: string;
}

/** What `offline_signature` of an answer and `signature` of a request of schema 1 are made over. [FILE-1] [FILE-6] */
export function offlineText({ date, licensee, hardwareId, signer }: OfflineText): string {
  return ["licenseSpring", `date: ${date}`, licensee, hardwareId, signer].join("\n");
}
