import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/**
 * Sends a request file to the License API in this process, as any floating server's admin would to the vendor's. Its
 * certificate is for the name that clients call it by, so at its own address nothing is compared with it.
 *
 * @param url origin of the License API
 */
export async function askVendor(
  url: string,
  file: string,
): Promise<{ readonly isAnswered: boolean; readonly text: string }> {
  const send = url.startsWith("https:") ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<{ isAnswered: boolean; text: string }>();
  const headers = { "content-type": "text/plain", "content-length": Buffer.byteLength(file) };
  const options = { method: "POST", headers, rejectUnauthorized: false, agent: false };
  const outgoing = send(`${url}/api/v4/activate_offline`, options, async (reply) => {
    try {
      const chunks = await Array.fromAsync(reply as AsyncIterable<Buffer>);
      resolve({ isAnswered: reply.statusCode === 200, text: Buffer.concat(chunks).toString() });
    } catch (error) {
      reject(error as Error);
    }
  });
  outgoing.on("error", reject);
  outgoing.end(file);
  return promise;
}
