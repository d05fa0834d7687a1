// What was looked at and what was found: one line for each, `ok NAME` or `FAIL NAME: reason`, as of every judge in this folder.

export class Report {
  #silent;
  passed = 0;
  /** The names of what failed, with the reasons. */
  failures = [];

  /** `silent`: for the self-test, which expects failures. */
  constructor({ silent = false } = {}) {
    this.#silent = silent;
  }

  /** `faults` is a list of what is wrong: empty, and the check has passed. */
  check(name, faults) {
    if (faults.length === 0) {
      this.passed += 1;
      this.#print(`ok ${name}`);
      return;
    }
    const reason = [...new Set(faults.map(String))].slice(0, 8).join(" | ").replaceAll(/\s+/g, " ");
    this.failures.push({ name, reason });
    this.#print(`FAIL ${name}: ${reason.slice(0, 1500)}`);
  }

  /** Runs a check that says what is wrong; one that falls over has failed. */
  async run(name, faults) {
    try {
      this.check(name, (await faults()) ?? []);
    } catch (error) {
      this.check(name, [error.stack ?? String(error)]);
    }
  }

  #print(line) {
    if (!this.#silent) console.log(line);
  }
}

/** `fault` where the condition does not hold. */
export function unless(condition, fault) {
  return condition ? [] : [fault];
}

/** Says how long a part took, beside the results. */
export async function timed(name, work) {
  const began = Date.now();
  try {
    return await work();
  } finally {
    console.error(`   ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}
