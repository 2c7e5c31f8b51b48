// Verifies a credential (VC-JWT) by a did:web document, with two libraries that are not ours. Reads one JSON object from
// standard input: token, document (the DID document), now (seconds). Writes one: for each library ok or the error.
import { importJWK, jwtVerify } from "jose";
import { verifyJWT } from "did-jwt";
import { Resolver } from "did-resolver";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { token, document, now } = JSON.parse(Buffer.concat(chunks).toString("utf-8"));

async function byJose() {
  const verified = await jwtVerify(
    token,
    async (header) => {
      const method = document.verificationMethod.find((one) => one.id === header.kid);
      if (!method || !document.assertionMethod.includes(method.id)) throw new Error("no such key");
      return importJWK(method.publicKeyJwk, "EdDSA");
    },
    { algorithms: ["EdDSA"], typ: "vc+jwt", issuer: document.id, currentDate: new Date(now * 1000) },
  );
  return verified.payload;
}

// did-jwt knows the type JsonWebKey only by the name that it had before it became a standard
const earlier = {
  ...document,
  verificationMethod: document.verificationMethod.map((method) => ({ ...method, type: "JsonWebKey2020" })),
};

async function byDidJwt() {
  const resolver = new Resolver({
    web: async (did) =>
      did === document.id
        ? { didResolutionMetadata: {}, didDocument: earlier, didDocumentMetadata: {} }
        : { didResolutionMetadata: { error: "notFound" }, didDocument: null, didDocumentMetadata: {} },
  });
  const verified = await verifyJWT(token, {
    resolver,
    proofPurpose: "assertionMethod",
    policies: { now },
    skewTime: 0,
  });
  if (!verified.verified) throw new Error("not verified");
  return verified.payload;
}

const told = {};
for (const [name, check] of Object.entries({ jose: byJose, "did-jwt": byDidJwt })) {
  try {
    const payload = await check();
    told[name] = { ok: true, id: payload.id, name: payload.name };
  } catch (error) {
    told[name] = { ok: false, error: String(error.message ?? error) };
  }
}
process.stdout.write(JSON.stringify(told));
