// @ts-check
import { commentsButtonText } from "../actions/commenting.js";
import { WorkbenchElement } from "./workbench-element.js";
import { button } from "./dom.js";

/** In the header: the number of comments on the article, which leads to them. */
export class ArticleComments extends WorkbenchElement {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { store } = this.workbench;
    const to = () => this.workbench.say("go", { to: "commentsOnArticle" });
    const words = commentsButtonText(this.workbench, "article", store.main);
    this.redraw(store.desk(store.main)?.can.comment ? button(words, to, { key: "comments" }) : null);
  }
}
