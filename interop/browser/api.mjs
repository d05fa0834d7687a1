// The management API, as any client would use it.

export class Api {
  constructor({ url, key }) {
    this.url = url;
    this.key = key;
  }

  /** The reply as it is: for whoever wants to see a refusal. */
  async ask(method, path, body, headers = {}) {
    const isBytes = body instanceof Uint8Array;
    return fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body && !isBytes ? { "content-type": "application/json" } : {}), ...headers },
      body: body === undefined || isBytes ? body : JSON.stringify(body),
    });
  }

  async #must(method, path, body, headers) {
    const response = await this.ask(method, path, body, headers);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  get = (path) => this.#must("GET", path);
  post = (path, body, headers) => this.#must("POST", path, body, headers);
  delete = (path) => this.#must("DELETE", path);
  patch = (path, body) => this.#must("PATCH", path, body);

  issuer = (profile) => this.post("/v1/issuers", profile);
  achievement = (issuer, achievement) => this.post(`/v1/issuers/${issuer.id}/achievements`, achievement);
  award = (achievement, order) => this.post(`/v1/achievements/${achievement.id}/credentials`, { onDuplicate: "allow", ...order });
}
