// An example program of the crates as a partner in conversation: one JSON request a line, one JSON answer a line.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { demand } from "./verdicts.mjs";

export class Example {
  constructor(folder, name) {
    demand(folder, "usage: JUDGE FOLDER-OF-EXAMPLES");
    this.child = spawn(join(folder, name), { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async ask(request) {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    demand(!done, "the example program has ended");
    return JSON.parse(value);
  }

  /** The answer's member of that name, or an error with what was answered instead. */
  async get(name, request) {
    const answer = await this.ask(request);
    demand(name in answer, `${answer.code}: ${answer.detail}`);
    return answer[name];
  }

  async end() {
    this.child.stdin.end();
    if (this.child.exitCode === null) await once(this.child, "exit");
  }
}
