// @ts-check
import { talkWords } from "../actions/talking.js";
import { BenchElement } from "./bench-element.js";
import { button } from "./dom.js";

/** In the header: how much is said about the article, and the way there. */
export class ArticleTalk extends BenchElement {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { store } = this.bench;
    const to = () => this.bench.say("go", { to: "talkOfArticle" });
    const words = talkWords(this.bench, "article", store.main);
    this.redraw(store.desk(store.main)?.can.comment ? button(words, to, { key: "talk" }) : null);
  }
}
