import { useQuery } from "@tanstack/react-query";
import { call } from "./call.ts";
import type { ItemOf } from "./operation.ts";

type Customer = ItemOf<"customer list">;

/** What a customer is called: whichever of its names there is. */
export function nameOfCustomer({ id, company_name, first_name, last_name, email }: Customer): string {
  const person = [first_name, last_name].filter(Boolean).join(" ");
  return company_name || person || email || `Customer ${id}`;
}

let asked = new Map<number, (customer: Customer | undefined) => void>();
let answers = new Map<number, Promise<Customer | undefined>>();

/** The rows of a table ask for their customers at the same moment: one request brings them all. */
function findCustomer(id: number): Promise<Customer | undefined> {
  if (asked.size === 0) queueMicrotask(ask);
  const answer = answers.get(id) ?? new Promise((resolve) => asked.set(id, resolve));
  answers.set(id, answer);
  return answer;
}

async function ask(): Promise<void> {
  const waiting = asked;
  asked = new Map();
  answers = new Map();
  const query = { "id.in": [...waiting.keys()].join(","), limit: "500" };
  const found = await call("customer list", { query }).then(
    ({ reply }) => reply.data,
    () => [],
  );
  for (const [id, resolve] of waiting) resolve(found.find((each) => each.id === id));
}

/** Undefined until it is known. */
export function useCustomerName(id: number | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: ["customer list", "name", id],
    enabled: id !== undefined,
    queryFn: async () => {
      if (id === undefined) return "";
      const customer = await findCustomer(id);
      return customer === undefined ? `Customer ${id}` : nameOfCustomer(customer);
    },
  });
  return data;
}
