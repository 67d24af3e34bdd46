"""The rules of spans, as PL/pgSQL of their triggers."""

from __future__ import annotations

from typing import Final

from annotations.rules import (
    FRAGMENTS,
    PASSAGE_LENGTH,
    PASSAGE_MISMATCH,
    QUOTE_MISMATCH,
    SELECTED_TEXT,
    SPAN_LENGTH,
)

MOST_FRAGMENTS = 100
MOST_SELECTED: Final = 10_000
"""Code points that the fragments of one span select together, and that the passages in its fields do."""
LONG: Final = 2_000
"""A span that selects more code points than this, its passages included, counts towards the next two limits."""
MOST_IN_PASS: Final = 2_000_000
"""Code points that the long spans of one pass select together: as many as the longest article has."""
MOST_IMPORTED: Final = 10_000_000
"""Code points that the long spans of all imported passes over one article select together. Other passes are left out of
it, so that nobody learns from a refusal how much somebody else has selected.
"""

HELD_BY_REVIEW = """
    EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id AND v.state IN ('submitted', 'approved'))
    OR EXISTS (SELECT FROM annotations_link l JOIN annotations_verdict v ON v.claim_id = l.target_id
               WHERE l.source_id = OLD.id AND v.state IN ('submitted', 'approved'))
"""

SLICED = f"""
    SELECT a.body, a.length INTO STRICT text_, size FROM annotations_article a WHERE a.id = NEW.article_id;
    IF (array_ndims(NEW.fragments) = 2 AND array_length(NEW.fragments, 2) = 2
        AND array_lower(NEW.fragments, 1) = 1 AND array_lower(NEW.fragments, 2) = 1
        AND array_length(NEW.fragments, 1) <= {MOST_FRAGMENTS}) IS NOT TRUE THEN {FRAGMENTS.refuse()} END IF;
    -- PostgreSQL unpacks all of a stored text for each part of it: once is enough.
    IF array_length(NEW.fragments, 1) > 1 THEN text_ := text_ || ''; END IF;
    FOREACH piece SLICE 1 IN ARRAY NEW.fragments LOOP
        IF (piece[1] >= edge AND piece[1] < piece[2] AND piece[2] <= size) IS NOT TRUE THEN {FRAGMENTS.refuse()} END IF;
        edge := piece[2];
        selected := selected + piece[2] - piece[1];
        -- A span from before this limit stays, and may become shorter.
        IF selected > {MOST_SELECTED} AND (TG_OP = 'INSERT' OR selected > (
            SELECT sum(OLD.fragments[n][2] - OLD.fragments[n][1]) FROM generate_subscripts(OLD.fragments, 1) n))
        THEN {SPAN_LENGTH.refuse()} END IF;
        slices := slices || substr(text_, piece[1] + 1, piece[2] - piece[1]);
    END LOOP;
    IF TG_OP = 'UPDATE' AND NEW.quote = OLD.quote AND NEW.fragments <> OLD.fragments THEN NEW.quote := ''; END IF;
    IF coalesce(NEW.quote, '') NOT IN ('', array_to_string(slices, ' … ')) THEN {QUOTE_MISMATCH.refuse()} END IF;
    NEW.quote := array_to_string(slices, ' … ');
    NEW.start := NEW.fragments[1][1];
    NEW."end" := edge;
    FOR name_, value_ IN SELECT * FROM jsonb_each(NEW.fields) LOOP
        CONTINUE WHEN jsonb_typeof(value_) <> 'object';
        IF ((value_ ->> 'start')::int >= 0 AND (value_ ->> 'start')::int < (value_ ->> 'end')::int
            AND (value_ ->> 'end')::int <= size) IS NOT TRUE THEN {PASSAGE_MISMATCH.refuse()} END IF;
        in_fields := in_fields + (value_ ->> 'end')::int - (value_ ->> 'start')::int;
        IF in_fields > {MOST_SELECTED} AND (TG_OP = 'INSERT' OR in_fields > (
            SELECT coalesce(sum((passage.value ->> 'end')::int - (passage.value ->> 'start')::int), 0)
            FROM jsonb_each(OLD.fields) passage WHERE jsonb_typeof(passage.value) = 'object'))
        THEN {PASSAGE_LENGTH.refuse()} END IF;
        words := substr(text_, (value_ ->> 'start')::int + 1, (value_ ->> 'end')::int - (value_ ->> 'start')::int);
        IF coalesce(value_ ->> 'quote', words) <> words THEN {PASSAGE_MISMATCH.refuse()} END IF;
        NEW.fields := jsonb_set(NEW.fields, ARRAY[name_, 'quote'], to_jsonb(words));
    END LOOP;
    NEW.selected := selected + in_fields;
"""
"""PL/pgSQL that checks a span against its article and works out what follows from the fragments."""

WITHIN_BUDGET: Final = f"""
    IF TG_OP = 'UPDATE' AND NEW.selected <= OLD.selected THEN RETURN NEW; END IF;
    -- Long spans of an article are made one after the other. The pass itself may be held FOR SHARE by two of them.
    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
    -- The same span once more is refused by its own rule, or not inserted.
    IF NEW.selected + (
        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long
        WHERE long.article_id = NEW.article_id AND long.assignment_id = NEW.assignment_id AND long.selected > {LONG}
          AND long.id <> NEW.id AND (long.label, long.fragments) <> (NEW.label, NEW.fragments)) > {MOST_IN_PASS}
    OR (SELECT pass.imported FROM annotations_assignment pass WHERE pass.id = NEW.assignment_id)
    AND NEW.selected + (
        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long
        JOIN annotations_assignment pass ON pass.id = long.assignment_id
        WHERE long.article_id = NEW.article_id AND long.selected > {LONG} AND pass.imported
          AND long.id <> NEW.id) > {MOST_IMPORTED}
    THEN {SELECTED_TEXT.refuse()} END IF;
    RETURN NEW;
"""
"""PL/pgSQL that limits what the many spans of a text select together, as they are listed, exported and kept."""
