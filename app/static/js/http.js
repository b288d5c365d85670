// Requests to our own server: the CSRF token, JSON both ways, a time limit, and repeating what got no answer.

// A page that was opened without the network has none; what it posts is guarded otherwise.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content;

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

// The pause before trying again: doubles from one second, at most half a minute.
export const backoff = (failures) => jitter(Math.min(1000 * 2 ** failures, 30000));

// A 401 or 403 may end with a new sign-in, 408 and 429 with waiting; any other 4xx stays a no.
export const isFinal = (problem) =>
  problem instanceof Refused && problem.status < 500 && ![401, 403, 408, 429].includes(problem.status);

export async function request(url, { method = "GET", json, headers = {}, timeout = 15000 } = {}) {
  const options = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  const stop = new AbortController(); // AbortSignal.timeout is missing on older phones
  const clock = setTimeout(() => stop.abort(), timeout);
  options.signal = stop.signal;
  if (json !== undefined) {
    options.body = JSON.stringify(json);
    options.headers["Content-Type"] = "application/json";
  }
  if (method !== "GET" && token()) options.headers["X-CSRFToken"] = token();
  try {
    return await fetch(url, options);
  } finally {
    clearTimeout(clock);
  }
}

export async function postJSON(url, json, options = {}) {
  const response = await request(url, { method: "POST", json, ...options });
  const body = await response.json().catch(() => null);
  // A sign-in page is an answer to somebody else's question.
  if (response.redirected) throw new Refused(401, body);
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

// Repeat the very same request until the server answers; a no is an answer.
export async function postUntilAnswered(url, json, { attempts = 8, onWait = () => {} } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await postJSON(url, json);
    } catch (problem) {
      if (isFinal(problem) || attempt + 1 >= attempts) throw problem;
      onWait(attempt, problem);
      await wait(backoff(attempt));
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
