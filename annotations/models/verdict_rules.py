"""The rules of verdicts, as PL/pgSQL of their triggers."""

from __future__ import annotations

from typing import Final

from annotations.models.base.relation_table import IS_CONTRADICTING, IS_CORROBORATING
from annotations.models.people.membership import OVERSEERS_SQL
from annotations.models.project import RATING_ON_SCALE
from annotations.rules import (
    ARCHIVED,
    EVIDENCE_NEEDED,
    HOLDER_ANNOTATES,
    HOLDER_RATED_TEXT,
    HOLDER_SEES_CLAIM,
    NOT_HOLDER,
    RESTATED_CLAIM,
    REVIEW_NEEDED,
    UNDER_REVIEW,
    VERDICT_NEEDS_CLAIM,
    VERDICT_STATE,
)

JUDGES_A_CLAIM = f"""
    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    SELECT s.label, a.project_id, a.archived OR p.archived INTO kind, project, is_archived
    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
    JOIN annotations_project p ON p.id = a.project_id WHERE s.id = NEW.claim_id;
    IF TG_OP = 'INSERT' AND is_archived THEN {ARCHIVED.refuse()} END IF;
    IF kind <> 'claim' THEN {VERDICT_NEEDS_CLAIM.refuse()} END IF;
    IF EXISTS (SELECT FROM annotations_link l WHERE l.source_id = NEW.claim_id AND l.relation = 'restates')
    THEN {RESTATED_CLAIM.refuse()} END IF;
    PERFORM FROM annotations_project WHERE id = project FOR SHARE;
    {RATING_ON_SCALE}
"""

WRITERS: Final = """ARRAY(
            SELECT DISTINCT person FROM unnest({earlier} || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person
            ORDER BY person)"""
"""The ids of the earlier writers of a verdict, with those of the new row."""

HAS_A_HOLDER = f"""
    IF TG_OP = 'INSERT' THEN
        NEW.holder_id := coalesce(NEW.holder_id, NEW.author_id);
        -- What is restored has the holder and the writers that the history names.
        SELECT coalesce(array_agg((entry ->> who)::bigint) FILTER (WHERE entry ->> who IS NOT NULL), '{{}}'),
               coalesce(bool_or(e.what = 'deleted' AND entry ->> 'holder_id' = NEW.holder_id::text), false)
        INTO earlier, held_before
        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who
        WHERE e.kind = 'verdict' AND e.object_id = NEW.id::text AND e.project_id = (
            SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
            WHERE s.id = NEW.claim_id);
        IF NEW.holder_id <> NEW.author_id AND NOT held_before THEN {HOLDER_ANNOTATES.refuse()} END IF;
        NEW.written_by := {WRITERS.format(earlier="earlier")};
        RETURN NEW;
    END IF;
    NEW.written_by := {WRITERS.format(earlier="OLD.written_by")};
    says_the_same := (NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence, NEW.state)
        IS NOT DISTINCT FROM
        (OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence, OLD.state);
    SELECT p.id AS project_id, p.mode, c.article_id, c.assignment_id, c.start, c."end", g.assignee_id, g.state
    INTO claim
    FROM annotations_span c JOIN annotations_article a ON a.id = c.article_id
    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = c.assignment_id
    WHERE c.id = NEW.claim_id;
    IF NEW.holder_id <> OLD.holder_id THEN
        IF NOT says_the_same OR OLD.state NOT IN ('draft', 'returned') THEN {VERDICT_STATE.refuse()} END IF;
        -- FOR SHARE: whoever takes the role or the membership away waits, and nobody has lost it meanwhile.
        PERFORM FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id
        WHERE m.project_id = claim.project_id AND m.user_id = NEW.holder_id AND 'annotator' = ANY(m.roles)
          AND u.is_active FOR SHARE OF m;
        IF NOT FOUND THEN {HOLDER_ANNOTATES.refuse()} END IF;
        IF claim.mode = 'independent' THEN
            IF claim.assignee_id <> NEW.holder_id
               AND NOT (claim.state = 'submitted' AND EXISTS (
                   SELECT FROM annotations_assignment g WHERE g.article_id = claim.article_id
                     AND g.assignee_id = NEW.holder_id AND g.state = 'submitted'))
               AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = claim.project_id
                     AND m.user_id = NEW.holder_id AND m.roles && {OVERSEERS_SQL})
            THEN {HOLDER_SEES_CLAIM.refuse()} END IF;
            IF EXISTS (SELECT FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id
                       WHERE s.article_id = claim.article_id AND s.assignment_id <> claim.assignment_id
                         AND s.start < claim."end" AND s."end" > claim.start
                         AND (v.holder_id = NEW.holder_id OR NEW.holder_id = ANY(v.written_by)))
            THEN {HOLDER_RATED_TEXT.refuse()} END IF;
        END IF;
        RETURN NEW;
    END IF;
    actor := nullif(current_setting('factcheck.actor', true), '')::bigint;
    IF (OLD.state || ' to ' || NEW.state) IN ('draft to submitted', 'returned to submitted', 'submitted to draft')
       AND actor <> NEW.holder_id AND coalesce(current_setting('factcheck.importing', true), '') <> 'on'
    THEN {NOT_HOLDER.refuse()} END IF;
    IF claim.mode = 'independent' AND NEW.edited_by_id <> NEW.holder_id AND (NEW.edited_by_id, NEW.rating,
        NEW.rationale, NEW.confidence) IS DISTINCT FROM (OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence)
    THEN {NOT_HOLDER.refuse()} END IF;
    RETURN NEW;
"""

LIVES_ITS_LIFE = f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN {VERDICT_STATE.refuse()} END IF;
        IF NEW.reviewer_id IS NOT NULL THEN {REVIEW_NEEDED.refuse()} END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse(unless_removal=True)} END IF;
        RETURN OLD;
    END IF;
    says_the_same := (NEW.id, NEW.claim_id, NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.claim_id, OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence);
    IF NOT says_the_same AND OLD.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse()} END IF;
    IF (NEW.claim_id, NEW.author_id) <> (OLD.claim_id, OLD.author_id) THEN {VERDICT_STATE.refuse()} END IF;
    step := OLD.state || ' to ' || NEW.state;
    IF step IN ('submitted to approved', 'submitted to returned', 'approved to returned') THEN
        IF NOT EXISTS (SELECT FROM annotations_review r
            WHERE r.verdict_id = OLD.id AND r.verdict_version = OLD.version
              AND r.reviewer_id = coalesce(NEW.reviewer_id, r.reviewer_id)
              AND r.decision = CASE step WHEN 'submitted to approved' THEN 'approved'
                                         WHEN 'submitted to returned' THEN 'returned' ELSE 'reopened' END)
        THEN {REVIEW_NEEDED.refuse()} END IF;
    ELSIF step NOT IN ('draft to draft', 'draft to submitted', 'returned to submitted', 'returned to draft',
                       'submitted to draft')
          AND NOT (step = 'returned to returned' AND NEW.holder_id <> OLD.holder_id) THEN
        IF OLD.state = NEW.state AND OLD.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse()} END IF;
        {VERDICT_STATE.refuse()}
    END IF;
    IF (NEW.state = 'approved') <> (NEW.reviewer_id IS NOT NULL) THEN {REVIEW_NEEDED.refuse()} END IF;
    RETURN NEW;
"""

HAS_ITS_EVIDENCE = f"""
    IF NEW.rating IS NULL THEN {EVIDENCE_NEEDED.refuse()} END IF;
    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    PERFORM FROM annotations_span
        WHERE id IN (SELECT l.source_id FROM annotations_link l WHERE l.target_id = NEW.claim_id) ORDER BY id FOR SHARE;
    SELECT r ->> 'needs' INTO needs
    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
    JOIN annotations_project p ON p.id = a.project_id, jsonb_array_elements(p.scale) r
    WHERE s.id = NEW.claim_id AND r ->> 'key' = NEW.rating;
    SELECT coalesce(bool_or({IS_CORROBORATING}), false), coalesce(bool_or({IS_CONTRADICTING}), false)
    INTO corroborated, contradicted
    FROM annotations_link l
    WHERE l.target_id = NEW.claim_id
      AND (NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = NEW.id)
           OR EXISTS (SELECT FROM annotations_evidencelink k JOIN annotations_evidenceset e ON e.id = k.evidence_set_id
                      WHERE e.verdict_id = NEW.id AND k.link_id = l.id));
    IF needs IN ('corroborating', 'both') AND NOT corroborated
       OR needs IN ('contradicting', 'both') AND NOT contradicted
    THEN {EVIDENCE_NEEDED.refuse()} END IF;
    RETURN NEW;
"""
