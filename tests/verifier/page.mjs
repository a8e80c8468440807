// Runs the page's own script outside a browser: the words between <script> tags, as they stand, and one call.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
globalThis.crypto ??= webcrypto;
const [page, ...bundles] = process.argv.slice(2);
const script = /<script>([\s\S]*)<\/script>/.exec(readFileSync(page, "utf8"))[1];
const verifyBundle = new Function(script + "; return verifyBundle;")();
const asked = JSON.parse(readFileSync(0, "utf8"));
for (const { path, policy, originals } of asked) {
  try {
    const files = (originals || []).map(name => ({ name, content: new Uint8Array(readFileSync(name)) }));
    const found = await verifyBundle(new Uint8Array(readFileSync(path)), { policy: policy || "", originals: files });
    console.log(JSON.stringify({ found }));
  } catch (err) {
    console.log(JSON.stringify({ wrong: err.message, kind: err.constructor.name }));
  }
}
