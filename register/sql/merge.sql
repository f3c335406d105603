-- Merging a planned batch into the register. Every statement runs in the one transaction that also planned it.

-- name: insert_records
insert into {held} (
  customer_id, source_id, key, part, {fields},
  first_batch, first_row, changed_batch, changed_row, first_seen, last_changed, origin, processing_role, legal_basis
)
select
  :customer_id, :source_id, plan.key, staged.part, {staged_fields},
  :batch_id, plan.row_number, :batch_id, plan.row_number, :business_date, :business_date,
  :origin, :processing_role, :legal_basis
from plan
join {staged} as staged on staged.row_number = plan.row_number
where {which}

-- name: update_records
update {held} as held
set {assignments}, changed_batch = :batch_id, changed_row = plan.row_number, last_changed = :business_date
from {changes} as changes
join plan on plan.row_number = changes.row_number
join {staged} as staged on staged.row_number = plan.row_number
where changes.change = 'changed' and held.id = changes.id and staged.part = held.part

-- name: remove_records
delete from {held} as held using {changes} as changes where changes.change = 'removed' and held.id = changes.id

-- name: record_field_changes
insert into sync.field_change (customer_id, source_id, record_type, record_id, field, batch_id, row_number, rule)
select
  :customer_id, :source_id, '{record}', changes.id, field, :batch_id, changes.row_number,
  case
    when changes.change = 'removed' then 'removed'
    when changes.fresh and changes.next_place is null then 'newer'
    else 'late'
  end
from {changes} as changes, unnest(changes.fields) as field
where changes.id is not null

-- name: insert_source_rows
-- Keys read well for the first time. One that only an older batch has enters as absent since the next complete one.
insert into sync.source_row (
  customer_id, source_id, key, scope, hash, imported, first_batch, changed_batch, good_place, absent_place, stale,
  modified_on
)
select
  :customer_id, :source_id, key, scope, case when bad is null then hash end, true, :batch_id, :batch_id,
  case when not :covers or next_place is not null then :place end,
  next_place,
  (select jsonb_object_agg(field, jsonb_build_object('since', :place, 'good', 0)) from unnest(bad) as field),
  modified
from plan
where state = 'good' and not known

-- name: insert_quarantined_rows
-- Keys known only from quarantine: present, without records, so that later batches can be put in order with this one.
insert into sync.source_row (
  customer_id, source_id, key, scope, hash, imported, first_batch, changed_batch, absent_place, quarantined_place
)
select distinct on (key)
  :customer_id, :source_id, key, scope, null::bigint, false, :batch_id, :batch_id, next_place, :place
from plan
where state in ('quarantined', 'conflict') and not known and key is not null
order by key, row_number

-- name: update_source_rows
with field_state as (
  -- Per field or list that was or is bad: what it is now. `good` is where it was last read well, `since` where it went bad.
  select
    plan.row_number,
    field,
    field = any(coalesce(plan.bad, array[]::text[])) as bad_now,
    plan.stale -> field as old,
    coalesce((plan.stale -> field ->> 'good')::bigint, plan.good_place, 0) as good,
    (plan.stale -> field ->> 'since')::bigint as since,
    plan.fresh,
    coalesce(plan.next_place, plan.good_place) as next_place
  from plan
  cross join lateral (
    select unnest(plan.bad) as field union select jsonb_object_keys(plan.stale)
  ) as fields
  where plan.state = 'good' and plan.known and (plan.bad is not null or plan.stale is not null)
), stale_now as (
  select row_number, jsonb_object_agg(field, entry) as stale
  from field_state
  cross join lateral (
    select case
      when :place <= good then old
      when bad_now then jsonb_build_object('since', least(since, :place), 'good', good)
      when since > :place then jsonb_build_object('since', since, 'good', :place)
      when not fresh then jsonb_build_object('since', next_place, 'good', :place)
    end as entry
  ) as entries
  where entry is not null
  group by row_number
), reading as (
  select distinct on (plan.key)
    plan.key, plan.scope, plan.hash, plan.bad, plan.modified, plan.state, plan.fresh, plan.next_place, plan.good_place,
    plan.absent_place, plan.quarantined_place, plan.known_hash, stale_now.stale
  from plan
  left join stale_now on stale_now.row_number = plan.row_number
  where plan.known and plan.state <> 'duplicate' and (plan.fresh or plan.state = 'good' and plan.stale is not null)
  order by plan.key, plan.row_number
), following as (
  select
    *,
    case
      when not fresh then absent_place
      when state = 'deleted' then case
        when absent_place is not null then least(absent_place, :place)
        when quarantined_place is null or :place > quarantined_place then :place
      end
      when absent_place is null or absent_place > :place then absent_place
      else next_place
    end as now_absent,
    case
      when not fresh or state = 'deleted' then quarantined_place
      when state in ('quarantined', 'conflict') then least(quarantined_place, :place)
      when quarantined_place is null or quarantined_place > :place then quarantined_place
      when absent_place is null or (absent_place > :place and next_place < absent_place) then next_place
    end as now_quarantined,
    case
      when state = 'good' and fresh then case when bad is null and stale is null then hash end
      else known_hash
    end as now_hash,
    state = 'good' as well
  from reading
)
update sync.source_row as held
set
  scope = case when following.fresh and following.well then following.scope else held.scope end,
  hash = following.now_hash,
  imported = held.imported or following.well and following.fresh,
  changed_batch = :batch_id,
  good_place = case
    when not following.fresh then held.good_place
    when following.well then :place
    else following.good_place
  end,
  absent_place = following.now_absent,
  quarantined_place = following.now_quarantined,
  stale = case when following.well then following.stale else held.stale end,
  modified_on = case when following.well and following.fresh then following.modified else held.modified_on end
from following
where held.source_id = :source_id and held.key = following.key
  and (
    not :covers
    or (held.hash, held.absent_place, held.quarantined_place, held.stale)
      is distinct from (
        following.now_hash, following.now_absent, following.now_quarantined,
        case when following.well then following.stale else held.stale end)
    or following.well and following.fresh and (not held.imported or held.scope <> following.scope)
  )

-- name: confirm_seen_rows
-- A batch without coverage says of each row it shows that it was read here.
with latest as (
  select scope, max(place) as place from sync.coverage where source_id = :source_id group by scope
)
update sync.source_row as held
set good_place = :place
from {seen} as seen
where held.source_id = :source_id and held.hash = seen.hash
  and held.absent_place is null and held.quarantined_place is null
  and :place > greatest(held.good_place, (select place from latest where latest.scope = held.scope), 0)

-- name: apply_absences
update sync.source_row as held
set absent_place = :place, good_place = absences.good_place, changed_batch = :batch_id
from absences
where held.source_id = :source_id and held.key = absences.key

-- name: record_coverage
insert into sync.coverage (source_id, scope, place, batch_id)
select :source_id, unnest(cast(:scopes as text[])), :place, :batch_id
