"""The pure modules in the browser they run in."""

from __future__ import annotations

import pytest

from annotations.web.text.isolation import isolated
from tests.browser.modules.conftest import Run

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


MAP = "const map = new m.OffsetMap(v[0]);"


def test_offsets_are_code_points_there_and_utf_16_units_here(run: Run) -> None:
    text = f"a{FAMILY}é\U0001d4d0b"
    points = list(range(len(text) + 1))
    units = run("text/offsets.js", f"{MAP} return v[1].map((p) => map.toUnit(p))", text, points)
    assert units == [len(text[:point].encode("utf-16-le")) // 2 for point in points]
    back = run("text/offsets.js", f"{MAP} return v[1].map((u) => map.toPoint(u))", text, units)
    assert back == points


def test_the_middle_of_a_surrogate_pair_counts_as_its_beginning(run: Run) -> None:
    body = f"{MAP} return [0, 1, 2, 3].map((u) => map.toPoint(u))"
    assert run("text/offsets.js", body, "\U0001f600a") == [0, 0, 1, 2]


def test_slices_by_code_points_are_those_of_python(run: Run) -> None:
    text = "".join(chr(code) for code in (0x61, 0x1F600, 0x301, 0x10FFFF, 0x5D0, 0x20)) * 50
    body = f"{MAP} return [map.length, map.slice(v[1], v[2])]"
    assert run("text/offsets.js", body, text, 77, 191) == [len(text), text[77:191]]


@pytest.mark.parametrize(
    ("text", "start", "end", "snapped"),
    [
        ("the group's leaders", 6, 8, "group's"),
        ("one two  three", 3, 9, "two"),
        ("  \n ", 0, 4, None),
        ("say “no” now", 5, 6, "no"),
        (f"x {FAMILY} y", 4, 5, FAMILY),
        ("soft\u00adly said", 1, 2, "soft\u00adly"),
        ("e\u0301te\u0301 fut", 1, 2, "e\u0301te\u0301"),
    ],
)  # fmt: skip
def test_a_selection_snaps_to_whole_words(run: Run, text: str, start: int, end: int, snapped: str | None) -> None:
    body = """const s = new m.Segments(v[0]).snapToWords({ start: v[1], end: v[2] });
        return s && v[0].slice(s.start, s.end)"""
    assert run("text/segments.js", body, text, start, end) == snapped


def test_exact_characters_are_whole_grapheme_clusters(run: Run) -> None:
    body = """const s = new m.Segments(v[0]).snapToGraphemes({ start: 2, end: 3 }); return v[0].slice(s.start, s.end)"""
    assert run("text/segments.js", body, f"a{FAMILY}b") == FAMILY
    assert run("text/segments.js", body, "ae\u0301\u0323b") == "e\u0301\u0323"


def test_words_are_found_in_one_endless_line_without_waiting(run: Run) -> None:
    body = """const text = "word ".repeat(200_000); const s = new m.Segments(text); const began = performance.now();
        for (let at = 0; at < 200; at += 1) s.nextWord(at * 4_999);
        return performance.now() - began"""
    assert run("text/segments.js", body) < 2000


def test_paragraphs_hold_the_body_with_its_line_ends(run: Run) -> None:
    body = """const root = document.createElement("div"); m.renderParagraphs(root, v[0]);
        return [root.textContent, root.children.length, [...root.children].map((p) => p.firstChild.data)]"""
    text, count, lines = run("text/paragraphs.js", body, "one\n\n two\u2028three\n")
    assert (text, count, lines) == ("one\n\n two\u2028three\n", 3, ["one\n", "\n", " two\u2028three\n"])


def test_a_long_text_stands_in_stretches_and_holds_the_same_characters(run: Run) -> None:
    body = """const root = document.createElement("div"); m.renderParagraphs(root, v[0]);
        const again = root.cloneNode(true); m.renderParagraphs(again, v[0]);
        return [root.textContent === v[0], root.isEqualNode(again), [...root.children].map((part) => part.className),
                Math.max(...[...root.querySelectorAll("p")].map((p) => p.textContent.length))]"""
    text = "A line of some words.\n" * 1000 + "endless" * 4000
    same, kept, classes, longest = run("text/paragraphs.js", body, text)
    assert (same, kept, set(classes), longest) == (True, True, {"stretch"}, 4000)
    assert 14 <= len(classes) <= 18


def test_an_endless_line_is_never_cut_within_a_character(run: Run) -> None:
    text = "xe\u0301" * 4000 + FAMILY * 4000
    pieces = run("text/paragraphs.js", "return m.linesOf(v[0])", text)
    assert "".join(pieces) == text
    assert not any(piece[0] in "\u0301\u200d" or piece[-1] == "\u200d" for piece in pieces)


def test_nor_within_a_flag_or_a_syllable(run: Run) -> None:
    for text in ("\U0001f1e9\U0001f1ea" * 6000, "x\u1112\u1161\u11ab" * 3000):
        pieces = run("text/paragraphs.js", "return m.linesOf(v[0])", text)
        assert "".join(pieces) == text
        assert len(pieces) > 2
        assert not any(piece[0] in "\U0001f1ea\u1161\u11ab" for piece in pieces)


ANCHORED = """const { renderParagraphs } = await import(address.replace("anchoring", "paragraphs"));
    const root = document.createElement("div"); renderParagraphs(root, v[0]); document.body.append(root);
    const text = new m.AnchoredText(root, v[0]);"""


def test_a_range_of_code_points_holds_the_words_that_python_slices(run: Run) -> None:
    text = f"One {FAMILY}.\nTwo \U0001f600\U0001f600 e\u0301.\n\nThree."
    for start, end in [(0, 3), (4, 9), (11, 18), (2, len(text)), (10, 11)]:
        found = run("text/anchoring.js", f"{ANCHORED} return String(text.range(v[1], v[2]))", text, start, end)
        assert found == text[start:end]


def test_a_place_in_the_page_is_an_offset_wherever_it_lies(run: Run) -> None:
    body = f"""{ANCHORED} const [first, second] = root.children;
        return [text.unitAt(first.firstChild, 2), text.unitAt(second, 0), text.unitAt(root, 1), text.unitAt(root, 2),
                text.unitAt(document.body, 0), text.unitAt(document.body, document.body.childNodes.length)]"""
    assert run("text/anchoring.js", body, "abc\ndef") == [2, 4, 4, 7, 0, 7]


def test_painting_touches_only_its_own_highlights_and_never_the_text(run: Run) -> None:
    body = """const { AnchoredText } = await import(address.replace("painting", "anchoring"));
        const root = document.createElement("div"); root.innerHTML = "<p>one two three</p>"; document.body.append(root);
        CSS.highlights.set("theirs", new Highlight()); const before = root.innerHTML;
        const painter = new m.Painter(new AnchoredText(root, "one two three"));
        painter.show("a", "claim-0", [{ start: 0, end: 3 }, { start: 8, end: 13 }]);
        painter.show("a", "claim-0", [{ start: 4, end: 7 }]);
        const now = [...CSS.highlights.get("fc-claim-0")].map((range) => [range.startOffset, range.endOffset]);
        painter.clear();
        return [now, CSS.highlights.get("fc-claim-0").size, CSS.highlights.has("theirs"), root.innerHTML === before]"""
    assert run("text/painting.js", body) == [[[4, 7]], 0, True, True]


SPANS = """const index = new m.SpanIndex();
    const span = (id, start, end) => ({ id, start, end, label: "claim", fragments: [{ start, end }] });"""


def test_spans_stand_in_reading_order_and_stacked_ones_have_levels(run: Run) -> None:
    body = f"""{SPANS} index.fill([span("c", 5, 9), span("b", 0, 4), span("a", 0, 10), span("d", 20, 30)]);
        return [index.ordered.map((s) => s.id), ["a", "b", "c", "d"].map((id) => index.levels.get(id)),
                index.at(6).map((s) => s.id), index.at(15).map((s) => s.id), index.nameOf("c")]"""
    assert run("text/span-index.js", body) == [["a", "b", "c", "d"], [0, 1, 1, 0], ["c", "a"], [], "c3"]


def test_spans_are_numbered_by_label_in_reading_order_through_every_change(run: Run) -> None:
    body = f"""{SPANS} const fact = (id, start) => ({{ ...span(id, start, start + 5), label: "fact" }});
        index.fill([span("a", 0, 5), fact("b", 3), span("c", 9, 12)]);
        const names = () => ["a", "b", "c", "d"].map((id) => index.nameOf(id));
        const seen = [names()]; index.put(span("d", 1, 4)); seen.push(names());
        index.put(fact("a", 0)); seen.push(names()); index.remove("d"); seen.push(names());
        return [...seen, ...["c1", "f2", "c2", "x1"].map((name) => index.withName(name)?.id ?? null)]"""
    assert run("text/span-index.js", body) == [
        ["c1", "f1", "c2", ""], ["c1", "f1", "c3", "c2"], ["f1", "f2", "c2", "c1"], ["f1", "f2", "c1", ""],
        "c", "b", None, None,
    ]  # fmt: skip


def test_a_mark_among_twenty_thousand_costs_no_look_at_the_others(run: Run) -> None:
    body = f"""{SPANS} index.fill(Array.from({{ length: 20_000 }}, (_, at) => span(String(at), at * 50, at * 50 + 70)));
        const began = performance.now();
        for (let at = 0; at < 1000; at += 1) {{
            index.put(span("new", at * 900, at * 900 + 40)); index.nameOf("19999"); index.at(at * 900);
            index.remove("new");
        }}
        return [performance.now() - began, index.nameOf("19999"), index.ordered.length]"""
    took, name, many = run("text/span-index.js", body)
    assert took < 1000
    assert (name, many) == ("c20000", 20_000)


def test_columns_become_the_spans_that_everything_else_knows(run: Run) -> None:
    body = """const { OffsetMap } = await import(address.replace("columns", "offsets"));
        return m.spansOf(v[0], "article", new OffsetMap(v[1]))"""
    columns = {
        "id": ["one"], "label": ["claim"], "fragments": [[[0, 1], [3, 5]]], "assignment": [7], "annotator": [2],
        "fields": [{"a": "b"}], "note": ["n"], "version": [3], "created_at": ["x"], "updated_at": ["y"],
        "people": [{"id": 2, "name": "Ann"}],
    }  # fmt: skip
    [span] = run("text/columns.js", body, columns, "\U0001f600abcd")
    assert span == {
        "id": "one", "article": "article", "assignment": 7, "annotator": {"id": 2, "name": "Ann"}, "label": "claim",
        "start": 0, "end": 5, "fragments": [{"start": 0, "end": 1}, {"start": 3, "end": 5}],
        "quote": "\U0001f600 … cd", "fields": {"a": "b"}, "note": "n", "version": 3, "created_at": "x",
        "updated_at": "y",
    }  # fmt: skip


def test_a_span_that_moves_is_found_where_it_is_now(run: Run) -> None:
    body = f"""{SPANS} index.put(span("a", 0, 5)); index.put(span("b", 600, 700)); index.put(span("a", 650, 2000));
        const found = [index.at(3), index.at(660), index.touching(1500, 1501)].map((some) => some.map((s) => s.id));
        index.remove("a"); return [...found, index.at(660).map((s) => s.id), index.neighbour("b", 0, 1)]"""
    assert run("text/span-index.js", body) == [[], ["b", "a"], ["a"], ["b"], None]


def test_twenty_thousand_spans_are_sorted_and_found_at_once(run: Run) -> None:
    body = f"""{SPANS} const began = performance.now();
        const at = (n, prime) => span(`s${{n}}`, (n * prime) % 999_000, ((n * prime) % 999_000) + 120);
        index.fill(Array.from({{ length: 20_000 }}, (_, n) => at(n, 7919)));
        for (let n = 0; n < 2_000; n += 1) index.put(at(n, 104_729));
        for (let n = 0; n < 10_000; n += 1) index.at(n * 99);
        return performance.now() - began"""
    assert run("text/span-index.js", body) < 3000


STEPS = """const [{ OffsetMap }, { Segments }] = await Promise.all([
        import(address.replace("stepping", "offsets")), import(address.replace("stepping", "segments"))]);
    const text = { offsets: new OffsetMap(v[0]), segments: new Segments(v[0]), sentences: [] };
    text.sentences = m.sentencesOf(text.segments, text.offsets);
    const words = (s) => s && text.offsets.slice(s.start, s.end);"""


def test_a_selection_grows_shrinks_and_turns_round_at_its_last_word(run: Run) -> None:
    body = f"""{STEPS} let s = {{ start: 4, end: 7 }}; const seen = [];
        for (const way of [1, 1, -1, -1, -1, 1]) {{ s = m.extended(text, s, way, "word"); seen.push(words(s)); }}
        return seen"""
    expected = ["two three", "two three four", "two three", "two", "one two", "two"]
    assert run("text/stepping.js", body, "one two three four.") == expected


def test_an_edge_never_passes_the_other_one(run: Run) -> None:
    body = f"""{STEPS} return [
        words(m.withEdgeMoved(text, {{ start: 0, end: 5 }}, "end", -1, "character")),
        m.withEdgeMoved(text, {{ start: 0, end: 1 }}, "end", -1, "character"),
        m.withEdgeMoved(text, {{ start: 0, end: 9 }}, "end", 1, "word"),
        words(m.withEdgeMoved(text, {{ start: 8, end: 9 }}, "start", -1, "word"))]"""
    assert run("text/stepping.js", body, f"a {FAMILY} b") == ["a ", None, None, f"{FAMILY} b"]


def test_punctuation_at_an_edge_goes_before_the_word(run: Run) -> None:
    body = f"""{STEPS} const all = {{ start: 0, end: text.offsets.length }};
        const moved = (edge, way) => words(m.withEdgeMoved(text, all, edge, way, "word"));
        return [moved("end", -1), moved("start", 1)]"""
    assert run("text/stepping.js", body, "“He said so.”") == ["“He said so", "He said so.”"]


def test_ids_are_uuids_of_version_7_in_the_order_of_their_making(run: Run) -> None:
    first, later = run("uuid.js", "return [m.uuid7(1_000_000_000_000), m.uuid7(1_000_000_000_001)]")
    assert (first[14], later[14]) == ("7", "7")
    assert first[19] in "89ab"
    assert first < later
    assert int(first.replace("-", "")[:12], 16) == 1_000_000_000_000


def test_a_fragment_takes_in_what_it_reaches(run: Run) -> None:
    body = """const parts = [{ start: 0, end: 4 }, { start: 8, end: 12 }, { start: 20, end: 24 }];
        return [m.withPart(parts, 1, { start: 3, end: 12 }), m.withPart(parts, 1, { start: 9, end: 30 }),
                m.united([{ start: 5, end: 9 }, { start: 0, end: 5 }])]"""
    assert run("text/fragments.js", body) == [
        {"fragments": [{"start": 0, "end": 12}, {"start": 20, "end": 24}], "position": 0},
        {"fragments": [{"start": 0, "end": 4}, {"start": 9, "end": 30}], "position": 1},
        [{"start": 0, "end": 9}],
    ]


def test_an_edge_beside_a_character_knows_which_way_it_runs(run: Run) -> None:
    body = 'return [...v[1]].map((at) => m.directionAt(v[0], v[0].indexOf(at), "rtl"))'
    assert run("text/direction.js", body, "قال (Sky, news) 17، إن", "قS,7(،") == [
        "rtl", "ltr", "ltr", "ltr", "rtl", "rtl",
    ]  # fmt: skip


def test_a_row_of_flags_without_end_is_cut_between_flags(run: Run) -> None:
    body = """const text = v[0].repeat(1500); const s = new m.Segments(text);
        return [1, 2049, 2050, 2051, 2052, 4801].map((unit) => s.graphemeAt(unit).start % 4)"""
    assert run("text/segments.js", body, "\U0001f1f8\U0001f1fe") == [0] * 6


def test_paragraphs_are_lines_with_words_in_them(run: Run) -> None:
    body = f"""{STEPS} const seen = [];
        const after = (point) => m.unitAfter(text, point, "paragraph");
        for (let s = after(0); s; s = after(s.end)) seen.push(words(s));
        const back = [text.offsets.length, 6, 1, 0].map((point) => words(m.unitBefore(text, point, "paragraph")));
        return [seen, back]"""
    assert run("text/stepping.js", body, "One.\n\n \t\n Two two. \nThree") == [
        ["One.", "Two two.", "Three"],
        ["Three", "One.", "One.", None],
    ]


def test_words_from_outside_are_set_apart_as_the_server_does(run: Run) -> None:
    samples = ["Sky News", "محمد", "\u202eexe.txt", "a\u2069\u2069b", "a\u2067b", "\u2066a\u2069\u2069", "a\nb\u202ec"]
    assert run("text/isolation.js", "return v.map(m.isolated)", *samples) == [isolated(words) for words in samples]
