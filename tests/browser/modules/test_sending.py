"""How changes travel, in the browser that sends them: in order, again until they arrive, none in another's way."""

from __future__ import annotations

from tests.browser.modules.conftest import Run

OUTBOX = """
    const { Problem, Unreachable } = await import(address.replace("outbox/outbox", "api"));
    const sent = [], bases = [], answers = [];
    const outbox = new m.Outbox({ send: async (change) => {
        sent.push([change.id, change.verb, change.body ?? null]);
        bases.push(change.base);
        const answer = answers.shift();
        if (answer) throw answer;
        return { id: change.id, version: 1 };
    } });
    const told = [];
    for (const name of ["settled", "refused", "conflict"])
        outbox.addEventListener(name, (event) => told.push([name, event.detail.change.id]));
    let keys = 0;
    const put = (id, verb, body, kind = "span") =>
        outbox.put({ kind, id, verb, body, key: `k${(keys += 1)}`, base: 1, entries: [] });
    const soon = (done) => new Promise((resolve) => setTimeout(() => resolve(done?.()), 50));"""


def test_changes_are_sent_one_after_another_in_their_order(run: Run) -> None:
    body = """put("a", "create", {}); put("b", "create", {}); put("a", "delete"); const then = outbox.state;
        await outbox.settled(); return [then, outbox.state, sent.map(([id, verb]) => `${verb} ${id}`)]"""
    assert run("outbox/outbox.js", OUTBOX + body) == ["saving", "saved", ["create a", "create b", "delete a"]]


def test_while_nothing_answers_a_change_is_sent_again_and_the_state_says_so(run: Run) -> None:
    body = """answers.push(new Unreachable(), new Problem(503, {}));
        put("a", "create", {}); const waiting = await soon(() => [outbox.state, outbox.queue.length]);
        outbox.retry(); await soon(); outbox.retry(); await outbox.settled();
        return [waiting, outbox.state, sent.length]"""
    assert run("outbox/outbox.js", OUTBOX + body) == [["offline", 1], "saved", 3]


def test_pauses_grow_while_nothing_answers(run: Run) -> None:
    body = """const pauses = [];
        for (let n = 0; n < 9; n += 1) answers.push(new Unreachable());
        put("a", "create", {});
        for (let n = 0; n < 8; n += 1) { await soon(); pauses.push(outbox.pause); outbox.retry(); }
        return pauses"""
    assert run("outbox/outbox.js", OUTBOX + body) == [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]


def test_a_refused_creation_takes_along_what_hangs_on_it_and_nothing_else(run: Run) -> None:
    body = """answers.push(new Problem(409, { type: "/problems/duplicate-span", detail: "Twice." }));
        put("a", "create", {}); put("l", "create", { source: "a", target: "z" }, "link"); put("b", "create", {});
        await outbox.settled(); return [sent.map(([id]) => id), told]"""
    assert run("outbox/outbox.js", OUTBOX + body) == [["a", "b"], [["refused", "a"], ["settled", "b"]]]


def test_a_conflict_waits_for_a_person_and_holds_up_nobody_else(run: Run) -> None:
    body = """answers.push(new Problem(412, { current: { version: 5 } }));
        put("a", "change", { note: "x" }); put("b", "create", {}); await soon();
        const [before, queued] = [outbox.state, outbox.queue[0]];
        outbox.keepMine(queued, 5); await outbox.settled();
        return [before, told, bases.at(-1), outbox.state]"""
    expected = ["conflict", [["conflict", "a"], ["settled", "b"], ["settled", "a"]], 5, "saved"]
    assert run("outbox/outbox.js", OUTBOX + body) == expected


def test_changes_of_one_thing_that_still_wait_go_together(run: Run) -> None:
    body = """put("z", "create", {});
        put("a", "change", { note: "1" }); put("a", "change", { note: "2", label: "fact" });
        await outbox.settled(); return sent.slice(1)"""
    assert run("outbox/outbox.js", OUTBOX + body) == [["a", "change", {"note": "2", "label": "fact"}]]


def test_an_expired_session_keeps_everything_until_one_is_back(run: Run) -> None:
    body = """answers.push(new Problem(401, {})); put("a", "create", {}); await soon();
        const then = [outbox.state, outbox.queue.length]; outbox.retry(); await outbox.settled();
        return [then, outbox.state]"""
    assert run("outbox/outbox.js", OUTBOX + body) == [["signed-out", 1], "saved"]


LOST = """
    const lost = (change, current, status = 412) =>
        (answers.push(new Unreachable(), new Problem(status, { current })), put(...change));
    const resent = async () => { await soon(); outbox.retry(); await soon(); await outbox.settled(); };"""


def test_a_change_that_arrived_though_its_answer_did_not_is_confirmed_by_what_is_there(run: Run) -> None:
    body = """lost(["a", "change", { fields: { x: 1, y: { b: 2, a: 1 } } }],
             { version: 2, note: "", fields: { y: { a: 1, b: 2 }, x: 1 } });
        await resent(); put("a", "change", { note: "n" }); outbox.queue[0].base = null; await outbox.settled();
        return [told, outbox.state, bases]"""
    expected = [[["settled", "a"], ["settled", "a"]], "saved", [1, 1, 2]]
    assert run("outbox/outbox.js", OUTBOX + LOST + body) == expected


def test_a_deletion_a_submission_and_a_withdrawal_that_arrived_are_done(run: Run) -> None:
    body = """const cases = [[["a", "delete"], null, 404],
            [["v", "submit", undefined, "verdict"], { state: "submitted" }],
            [["v", "submit", undefined, "verdict"], { state: "approved" }],
            [["w", "withdraw", undefined, "verdict"], { state: "draft" }]];
        for (const one of cases) { lost(...one); await resent(); }
        return [told.map(([what]) => what), outbox.state]"""
    assert run("outbox/outbox.js", OUTBOX + LOST + body) == [["settled"] * 4, "saved"]


def test_what_is_there_and_says_something_else_is_a_conflict(run: Run) -> None:
    body = """lost(["a", "change", { note: "mine" }], { version: 2, note: "theirs" }); await resent();
        lost(["v", "submit", undefined, "verdict"], { state: "draft" }); await resent();
        return [told, outbox.state]"""
    assert run("outbox/outbox.js", OUTBOX + LOST + body) == [[["conflict", "a"], ["conflict", "v"]], "conflict"]


def test_what_was_sent_once_is_sent_again_as_it_was(run: Run) -> None:
    body = """answers.push(new Unreachable()); put("a", "change", { note: "1" }); await soon();
        put("a", "change", { note: "2" }); put("a", "change", { note: "3" }); await soon(); const { count } = outbox;
        outbox.retry(); await outbox.settled(); return [count, sent.map(([, , body]) => body.note)]"""
    assert run("outbox/outbox.js", OUTBOX + body) == [2, ["1", "1", "3"]]


def test_undoing_runs_of_typing_takes_back_the_whole_run(run: Run) -> None:
    body = """const stack = new m.UndoStack();
        const step = (note) => [{ kind: "span", id: "a", verb: "change", body: { note } }];
        const act = (id, was, is) => ({ id, words: id, run: "typing", back: step(was), again: step(is) });
        stack.record(act("1", "", "h")); stack.record(act("2", "h", "he")); stack.endRun();
        stack.record(act("3", "he", "hey"));
        const note = (steps) => steps.map((step) => step.body.note);
        return [note(stack.undo().back), note(stack.undo().back), stack.undo(), note(stack.redo().again)]"""
    assert run("undo.js", body) == [["he"], [""], None, ["he"]]
