-- Evidence of what was deleted, coarsened, refused and released. Rows are added and never changed.

-- name: digest_of_evidence
-- Over the canonical text of each entry, in order. Instants as seconds, so that no session's time zone matters.
select
  count(*) as entries,
  coalesce(max(id), 0) as last_id,
  encode(sha256(convert_to(coalesce(string_agg(
    jsonb_build_array(
      id, extract(epoch from recorded_at), business_date, rule, action, table_name, reason, rows, first_day, last_day,
      policy_version, run, reference
    )::text,
    e'\n' order by id
  ), ''), 'UTF8')), 'hex') as digest
from privacy.evidence
where business_date = :business_date and (cast(:last_id as bigint) is null or id <= :last_id)
