// What the running server says of a badge.

import { demand, holds, refusesEach } from "./verdicts.mjs";

export class Examined {
  constructor(base) {
    this.base = base;
  }

  async report(submission) {
    const response = await fetch(`${this.base}/v1/verify`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(submission),
    });
    demand(response.ok, `POST /v1/verify answered ${response.status}: ${await response.clone().text()}`);
    return response.json();
  }

  /** It is valid; of what is not as it should be there is just that, by codes. */
  async valid(name, submission, remarks = []) {
    await holds(name, async () => {
      const { outcome, checks } = await this.report(submission);
      const told = checks.filter((check) => !["passed", "skipped"].includes(check.outcome));
      const as = remarks.toSorted().join() === told.map(({ code }) => code).toSorted().join();
      demand(outcome === "valid" && as, `${outcome}: ${JSON.stringify(told)}`);
    });
  }

  /** It is invalid, and that check failed for that reason; `code` tells programs why. */
  async refused(name, submission, check, code) {
    await holds(`${name}: ${check} ${code}`, async () => {
      const { outcome, checks } = await this.report(submission);
      const failed = checks.filter((one) => one.outcome === "failed");
      const told = failed.some((one) => one.id === check && one.code === code);
      demand(outcome === "invalid" && told, `${outcome}: ${JSON.stringify(failed.length > 0 ? failed : checks)}`);
    });
  }

  /** Valid as it is, and not valid with any of the changes; `submission` makes what is handed in of a text. */
  async refusesEach(name, text, changes, submission) {
    await refusesEach(name, text, changes, async (changed) => (await this.report(submission(changed))).outcome === "valid");
  }
}
