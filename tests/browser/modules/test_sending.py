"""How changes travel, in the browser that sends them: in order, again until they arrive, none in another's way."""

from __future__ import annotations

from tests.browser.modules.conftest import Run

OUTBOX = """
    const { Problem, Unreachable } = await import(address.replace("outbox", "api"));
    const sent = [], answers = [];
    const outbox = new m.Outbox({ send: async (change) => {
        sent.push([change.id, change.verb, change.body ?? null]);
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
    assert run("outbox.js", OUTBOX + body) == ["saving", "saved", ["create a", "create b", "delete a"]]


def test_while_nothing_answers_a_change_is_sent_again_and_the_state_says_so(run: Run) -> None:
    body = """answers.push(new Unreachable(), new Problem(503, {}));
        put("a", "create", {}); const waiting = await soon(() => [outbox.state, outbox.queue.length]);
        outbox.retry(); await soon(); outbox.retry(); await outbox.settled();
        return [waiting, outbox.state, sent.length]"""
    assert run("outbox.js", OUTBOX + body) == [["offline", 1], "saved", 3]


def test_pauses_grow_while_nothing_answers(run: Run) -> None:
    body = """const pauses = [];
        for (let n = 0; n < 9; n += 1) answers.push(new Unreachable());
        put("a", "create", {});
        for (let n = 0; n < 8; n += 1) { await soon(); pauses.push(outbox.pause); outbox.retry(); }
        return pauses"""
    assert run("outbox.js", OUTBOX + body) == [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]


def test_a_refused_creation_takes_along_what_hangs_on_it_and_nothing_else(run: Run) -> None:
    body = """answers.push(new Problem(409, { type: "/problems/duplicate-span", detail: "Twice." }));
        put("a", "create", {}); put("l", "create", { source: "a", target: "z" }, "link"); put("b", "create", {});
        await outbox.settled(); return [sent.map(([id]) => id), told]"""
    assert run("outbox.js", OUTBOX + body) == [["a", "b"], [["refused", "a"], ["settled", "b"]]]


def test_a_conflict_waits_for_a_person_and_holds_up_nobody_else(run: Run) -> None:
    body = """answers.push(new Problem(412, { current: { version: 5 } }));
        put("a", "change", { note: "x" }); put("b", "create", {}); await soon();
        const [before, queued] = [outbox.state, outbox.queue[0]];
        outbox.keepMine(queued, 5); await outbox.settled();
        return [before, told, queued.base, outbox.state]"""
    expected = ["conflict", [["conflict", "a"], ["settled", "b"], ["settled", "a"]], 5, "saved"]
    assert run("outbox.js", OUTBOX + body) == expected


def test_changes_of_one_thing_that_still_wait_go_together(run: Run) -> None:
    body = """put("z", "create", {});
        put("a", "change", { note: "1" }); put("a", "change", { note: "2", label: "fact" });
        await outbox.settled(); return sent.slice(1)"""
    assert run("outbox.js", OUTBOX + body) == [["a", "change", {"note": "2", "label": "fact"}]]


def test_an_expired_session_keeps_everything_until_one_is_back(run: Run) -> None:
    body = """answers.push(new Problem(401, {})); put("a", "create", {}); await soon();
        const then = [outbox.state, outbox.queue.length]; outbox.retry(); await outbox.settled();
        return [then, outbox.state]"""
    assert run("outbox.js", OUTBOX + body) == [["signed-out", 1], "saved"]


def test_undoing_runs_of_typing_takes_back_the_whole_run(run: Run) -> None:
    body = """const stack = new m.UndoStack();
        const step = (note) => [{ kind: "span", id: "a", verb: "change", body: { note } }];
        const act = (id, was, is) => ({ id, words: id, run: "typing", back: step(was), again: step(is) });
        stack.record(act("1", "", "h")); stack.record(act("2", "h", "he")); stack.endRun();
        stack.record(act("3", "he", "hey"));
        const note = (steps) => steps.map((step) => step.body.note);
        return [note(stack.undo().back), note(stack.undo().back), stack.undo(), note(stack.redo().again)]"""
    assert run("undo.js", body) == [["he"], [""], None, ["he"]]
