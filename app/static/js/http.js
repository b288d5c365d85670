// One way to talk to the server: CSRF token, JSON, a time limit, and patience with bad Wi-Fi.

const token = () => document.querySelector('meta[name="csrf-token"]').content;

export class Refused extends Error {
  constructor(status, body) {
    super(body?.sentence ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// ±30 %, so that five hundred phones do not ask in step.
export const jitter = (ms) => ms * (0.7 + Math.random() * 0.6);

export async function request(url, { method = "GET", json, headers = {}, timeout = 15000 } = {}) {
  const options = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  options.signal = AbortSignal.timeout ? AbortSignal.timeout(timeout) : undefined;
  if (json !== undefined) {
    options.body = JSON.stringify(json);
    options.headers["Content-Type"] = "application/json";
  }
  if (method !== "GET") options.headers["X-CSRFToken"] = token();
  return fetch(url, options);
}

export async function postJSON(url, json, options = {}) {
  const response = await request(url, { method: "POST", json, ...options });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

// Repeat the very same request until the server answers; only network failures and 5xx are repeated.
export async function postUntilAnswered(url, json, { attempts = 8, onWait = () => {} } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await postJSON(url, json);
    } catch (problem) {
      const final = problem instanceof Refused && problem.status < 500;
      if (final || attempt + 1 >= attempts) throw problem;
      onWait(attempt);
      await wait(jitter(Math.min(1000 * 2 ** attempt, 30000)));
    }
  }
}

// crypto.randomUUID is missing on plain http; getRandomValues is not.
export function newUuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
