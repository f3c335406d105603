-- Planning a batch: what each staged row would do, given every batch applied so far, older or newer.
--
-- Of each key the register knows two places. `shown_place`: the newest batch that read it, well or in quarantine; while
-- the key is not absent, the newest coverage of its scope read it too, and nothing need be written down. `good_place`:
-- the newest batch that read it well; the same, unless the key is in quarantine. A good reading counts if it is newer
-- than `good_place`. Absence begins with the first coverage or deletion marker after `shown_place`.

-- name: known_rows
-- A fragment: the source's rows with `shown`, the newest batch that read them by marker or by coverage.
select
  held.*,
  case when held.absent_place is null then greatest(held.shown_place, latest.place, 0)
    else coalesce(held.shown_place, 0)
  end as shown
from sync.source_row as held
left join (
  select scope, max(place) as place from sync.coverage where source_id = :source_id group by scope
) as latest on latest.scope = held.scope
where held.source_id = :source_id

-- name: make_plan
create temporary table plan on commit drop as
with following as (
  select scope, min(place) as place from sync.coverage where source_id = :source_id and place > :place group by scope
), known as (
  {known_rows}
)
select
  staged.row_number, staged.key, staged.hash, staged.scope, staged.state, staged.bad, staged.modified,
  known.key is not null as known,
  coalesce(known.imported, false) as imported,
  known.hash as known_hash, known.absent_place, known.quarantined_place, known.deleted_places, known.stale,
  coalesce(known.shown, 0) as shown_place,
  coalesce(case when known.quarantined_place is null then known.shown else known.good_place end, 0) as good_place,
  following.place as next_place,
  :place > coalesce(case when known.quarantined_place is null then known.shown else known.good_place end, 0) as fresh,
  case
    when staged.state in ('quarantined', 'conflict') then 'quarantined'
    when staged.state = 'duplicate' then 'duplicate'
    when staged.state = 'good' and not coalesce(known.imported, false) then 'inserted'
    else 'unchanged'
  end as action
from {rows} as staged
left join known on known.key = staged.key
left join following on following.scope = staged.scope

-- name: mark_expired
-- A row that only an older batch has enters as absent since the next complete one. Where a second one missed it so long
-- ago that retention would have deleted it by the night up to which it has run (R1), it stays out.
update plan
set action = 'expired', state = 'expired'
from (
  select last_on, (policy #>> '{{rules,R1,steps,0,after}}')::interval as period
  from privacy.policy_version
  where last_on is not null
  order by last_on desc
  limit 1
) as retention
where plan.state = 'good' and not plan.known and plan.next_place is not null and exists (
  select from sync.coverage as second
  where second.source_id = :source_id and second.scope = plan.scope and second.place > plan.next_place
    and (sync.place_date(second.place) + retention.period)::date + 1 <= retention.last_on
)

-- name: describe_plan
-- What there is in it, so that no statement goes through a million rows to find that it has nothing to do.
select
  coalesce(bool_or(known), false) as known,
  coalesce(bool_or(imported), false) as imported,
  coalesce(bool_or(state = 'deleted'), false) as deletions,
  coalesce(bool_or(state in ('quarantined', 'conflict')), false) as quarantined
from plan

-- name: make_changes
create temporary table {changes} (
  row_number bigint, key text, id bigint, part text, change text, fields text[], fresh boolean, next_place bigint
) on commit drop

-- name: compare_held
-- Records that the register holds of the rows: fields that would get another value, and records that the row no longer
-- gives (the parts of a row are its value). One that it has ceased to give, and that is not removed, has empty fields.
insert into {changes}
select row_number, key, id, part, case when removed then 'removed' else 'changed' end, fields, fresh, next_place
from (
  select
    plan.row_number, plan.key, held.id, held.part, plan.fresh, plan.next_place, gone.removed,
    case when gone.removed then array['*'] else array_remove(array[{changed_fields}], null) end as fields
  from plan
  join {held} as held on held.source_id = :source_id and held.key = plan.key
  left join {staged} as staged on staged.row_number = plan.row_number and staged.part = held.part
  cross join lateral (select staged.row_number is null and ({removable}) as removed) as gone
  where plan.state = 'good' and plan.imported and (plan.fresh or plan.stale is not null)
) as compared
where cardinality(fields) > 0

-- name: find_added
-- Records that a known row has come to give.
insert into {changes}
select plan.row_number, plan.key, null, staged.part, 'added', array['*'], plan.fresh, plan.next_place
from plan
join {staged} as staged on staged.row_number = plan.row_number
left join {held} as held on held.source_id = :source_id and held.key = plan.key and held.part = staged.part
where plan.state = 'good' and plan.imported and (plan.fresh or plan.stale is not null) and held.id is null
  and {addable}

-- name: mark_updated
update plan set action = 'updated'
where action = 'unchanged' and row_number in (select row_number from {changes})

-- name: mark_deletions
-- A deletion marker changes something only where the key is still held as present.
update plan set action = 'updated'
where state = 'deleted' and imported and :place > shown_place and absent_place is null

-- name: make_absences
-- Keys of the covered scopes that this batch does not show and no newer one has read: absent from this batch on, unless
-- they have been so for longer.
create temporary table absences on commit drop as
with known as (
  {known_rows}
)
select
  key, imported, absent_place is null as newly, shown as shown_place,
  case when quarantined_place is null then shown else good_place end as good_place
from known
-- joined, because `in` beside an `or` compares each row with all hashes once these do not fit into memory
left join (select distinct hash from {unseen}) as unseen using (hash)
where scope = any(:scopes)
  and (unseen.hash is not null or known.hash is null or absent_place is not null or quarantined_place is not null)
  and not exists (select from {rows} as staged where staged.key = known.key)
  and :place > shown and (absent_place is null or :place < absent_place)

-- name: count_actions
-- `left_out`: rows of which records may be staged and are not simply inserted.
select
  action, count(*) as rows,
  count(*) filter (where action <> 'inserted' and state not in ('quarantined', 'deleted')) as left_out
from plan
group by action

-- name: count_absent
select count(*) from absences where newly and imported

-- name: count_present
select count(*) from sync.source_row where source_id = :source_id and imported and absent_place is null

-- name: count_changed_fields
select '{record}.' || field as field, count(*) as rows
from {changes}, unnest(fields) as field
where change = 'changed' and fresh
group by field

-- name: count_overlap
-- New persons or companies whose key and name stand together at another customer already.
select count(*)
from plan
join {staged} as staged on staged.row_number = plan.row_number
where plan.action = 'inserted' and exists (
  select from {held} as held
  where held.key = plan.key and held.customer_id <> :customer_id and {same_name}
)
