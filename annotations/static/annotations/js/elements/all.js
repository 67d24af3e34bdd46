// @ts-check
/** The elements of the workbench by their names, in the order in which they come to life. */

import { ArticleComments } from "./article-comments.js";
import { ConflictDialog } from "./dialogs/conflict/conflict-dialog.js";
import { HistoryDialog } from "./dialogs/history-dialog.js";
import { KeySheet } from "./dialogs/key-sheet.js";
import { RefusedDialog } from "./dialogs/rejected/rejected-dialog.js";
import { SignInDialog } from "./dialogs/sign-in-dialog.js";
import { EvidencePane } from "./evidence-pane.js";
import { KeyBar } from "./key-bar.js";
import { LinkCurves } from "./link-curves.js";
import { EvidenceList } from "./panel/links/evidence-list.js";
import { PickPrompt } from "./panel/pick-prompt.js";
import { SaidBy } from "./panel/links/said-by.js";
import { ServedClaims } from "./panel/links/served-claims.js";
import { SpanFields } from "./panel/span-fields.js";
import { SpanFoot } from "./panel/span-foot.js";
import { SpanHead } from "./panel/span-head.js";
import { SpanList } from "./panel/span-list.js";
import { SpanParts } from "./panel/span-parts.js";
import { SpanPanel } from "./panel/span-panel.js";
import { CommentThreads } from "./panel/comments/comment-threads.js";
import { CommentsPart } from "./panel/comments/comments-part.js";
import { VerdictForm } from "./panel/verdict/verdict-form.js";
import { SaveState } from "./save-state.js";
import { SpanChooser } from "./span-chooser.js";
import { SubmitArticle } from "./submit-article.js";
import { ArticlePane } from "./text/article-pane.js";
import { WhoIsHere } from "./who-is-here.js";
import { ToastShelf } from "./toast-shelf.js";

/** @type {[string, CustomElementConstructor][]} */
export const ELEMENTS = [
  ["toast-shelf", ToastShelf],
  ["article-pane", ArticlePane],
  ["evidence-pane", EvidencePane],
  ["span-head", SpanHead],
  ["pick-prompt", PickPrompt],
  ["span-parts", SpanParts],
  ["span-fields", SpanFields],
  ["said-by", SaidBy],
  ["evidence-list", EvidenceList],
  ["verdict-form", VerdictForm],
  ["served-claims", ServedClaims],
  ["comment-threads", CommentThreads],
  ["comments-part", CommentsPart],
  ["span-foot", SpanFoot],
  ["span-list", SpanList],
  ["span-panel", SpanPanel],
  ["link-curves", LinkCurves],
  ["span-chooser", SpanChooser],
  ["save-state", SaveState],
  ["who-is-here", WhoIsHere],
  ["submit-article", SubmitArticle],
  ["article-comments", ArticleComments],
  ["key-bar", KeyBar],
  ["key-sheet", KeySheet],
  ["history-dialog", HistoryDialog],
  ["conflict-dialog", ConflictDialog],
  ["refused-dialog", RefusedDialog],
  ["sign-in-dialog", SignInDialog],
];
