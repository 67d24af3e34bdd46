// @ts-check
/** All that the browser keeps for one person who works on one article. */

import { Acts } from "./undo-steps.js";
import { Database } from "./database.js";
import { Drafts } from "./drafts.js";
import { BrowserJournal } from "./journal.js";
import { BrowserTabs, sitting } from "./tabs.js";

/** The journal of changes, the drafts and the acts, in one store. */
export class Keeping {
  /**
   * @param {number} user
   * @param {string} article
   */
  constructor(user, article) {
    this.database = new Database();
    this.tabs = new BrowserTabs(user);
    this.journal = new BrowserJournal(this.database, user);
    this.drafts = new Drafts(this.database, user);
    this.acts = new Acts(this.database, user, article);
    this.sitting = "";
  }

  /**
   * Takes up this tab's sitting.
   * @returns {Promise<import("../undo.js").Act[]>} what was done in it before
   */
  async open() {
    this.sitting = await sitting();
    const [acts] = await Promise.all([this.acts.open(this.sitting), this.drafts.open(this.sitting)]);
    return acts;
  }
}
