-- Merging a planned batch into the register. Every statement runs in the one transaction that also planned it.

-- name: insert_records
insert into {held} (
  customer_id, source_id, key, part, {fields},
  first_batch, first_row, changed_batch, changed_row, first_seen, last_changed, origin, processing_role, legal_basis
)
select
  :customer_id, :source_id, staged.key, staged.part, {staged_fields},
  :batch_id, staged.row_number, :batch_id, staged.row_number, :business_date, :business_date,
  :origin, :processing_role, :legal_basis
from {staged} as staged {joined}
where {which}

-- name: update_records
update {held} as held
set {assignments}, changed_batch = :batch_id, changed_row = plan.row_number, last_changed = :business_date
from {changes} as changes
join plan on plan.row_number = changes.row_number
left join {staged} as staged on staged.row_number = changes.row_number and staged.part = changes.part
where changes.change = 'changed' and held.id = changes.id

-- name: remove_records
-- By a function of the owner's, because who fills records may not delete them.
select register.remove_given_up('{record}', '{table}', array_agg(id), :batch_id)
from {changes}
where change = 'removed' and id is not null
having count(*) > 0

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
  customer_id, source_id, key, scope, hash, imported, first_batch, changed_batch, shown_place, absent_place, stale,
  modified_on
)
select
  :customer_id, :source_id, key, scope, case when bad is null then hash end, true, :batch_id, :batch_id,
  case when not :covers or next_place is not null then :place end,
  next_place,
  case when bad is not null
    then (select jsonb_object_agg(field, jsonb_build_object('since', :place, 'good', 0)) from unnest(bad) as field)
  end,
  modified
from plan
where state = 'good' and not known

-- name: insert_quarantined_rows
-- Keys known only from quarantine: present, without records, so that later batches can be put in order with this one.
insert into sync.source_row (
  customer_id, source_id, key, scope, imported, first_batch, changed_batch, shown_place, absent_place,
  quarantined_place
)
select distinct on (key)
  :customer_id, :source_id, key, scope, false, :batch_id, :batch_id, :place, next_place, :place
from plan
where state in ('quarantined', 'conflict') and not known and key is not null
order by key, row_number

-- name: insert_deleted_rows
-- Keys known only from a deletion, where older batches may still come: they enter as absent.
insert into sync.source_row (
  customer_id, source_id, key, scope, imported, first_batch, changed_batch, absent_place, deleted_places
)
select :customer_id, :source_id, key, scope, false, :batch_id, :batch_id, :place, array[cast(:place as bigint)]
from plan
where state = 'deleted' and not known and :history

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
    least(plan.next_place, plan.good_place) as next_place
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
    plan.*, stale_now.stale as now_stale,
    plan.state = 'good' as well,
    -- whether no newer batch has read the key
    :place > plan.shown_place as last,
    (select array_agg(deletion order by deletion) from unnest(plan.deleted_places) as deletion where deletion > :place)
      as later_deletions
  from plan
  left join stale_now on stale_now.row_number = plan.row_number
  where plan.known and plan.state <> 'duplicate' and (plan.fresh or plan.state = 'good' and plan.stale is not null)
  order by plan.key, plan.row_number
), following as (
  select
    key, scope, modified, action, well, fresh, last, next_place,
    case when last and state <> 'deleted' then :place else shown_place end as now_shown,
    case when well and fresh then :place else good_place end as now_good,
    case
      when last and state = 'deleted' then least(absent_place, :place)
      when last then least(next_place, later_deletions[1])
      else absent_place
    end as now_absent,
    case
      when well and last then null
      when well and fresh and quarantined_place < :place then least(next_place, shown_place)
      when state in ('quarantined', 'conflict') then least(quarantined_place, :place)
      else quarantined_place
    end as now_quarantined,
    case
      when last and state = 'deleted' then array_append(deleted_places, :place)
      when last then later_deletions
      else deleted_places
    end as now_deleted,
    case when well and fresh then case when bad is null and now_stale is null then hash end else known_hash end
      as now_hash,
    case when well then now_stale else stale end as now_stale,
    state <> 'deleted' as shown
  from reading
)
update sync.source_row as held
set
  scope = case when following.last and following.shown then following.scope else held.scope end,
  hash = following.now_hash,
  imported = held.imported or following.well,
  changed_batch = :batch_id,
  shown_place = following.now_shown,
  good_place = following.now_good,
  absent_place = following.now_absent,
  quarantined_place = following.now_quarantined,
  deleted_places = following.now_deleted,
  stale = following.now_stale,
  modified_on = case when following.well and following.fresh then following.modified else held.modified_on end
from following
where held.source_id = :source_id and held.key = following.key
  -- what is known already of a complete batch, the newest, need not be written down, unless a record has changed
  and not (
    following.action <> 'updated' and :covers and following.last and following.shown and following.next_place is null
    and (held.scope, held.imported or not following.well, held.stale) is not distinct from (following.scope, true, following.now_stale)
    and (held.hash, held.absent_place, held.quarantined_place)
      is not distinct from (following.now_hash, following.now_absent, following.now_quarantined)
  )

-- name: confirm_seen_rows
-- A batch without coverage says of each row it shows that it was read here.
with latest as (
  select scope, max(place) as place from sync.coverage where source_id = :source_id group by scope
)
update sync.source_row as held
set shown_place = :place
from {seen} as seen
where held.source_id = :source_id and held.hash = seen.hash
  and held.absent_place is null and held.quarantined_place is null
  and :place > greatest(held.shown_place, (select place from latest where latest.scope = held.scope), 0)

-- name: apply_absences
update sync.source_row as held
set absent_place = :place, shown_place = absences.shown_place, good_place = absences.good_place, changed_batch = :batch_id
from absences
where held.source_id = :source_id and held.key = absences.key

-- name: record_coverage
insert into sync.coverage (source_id, scope, place, batch_id)
select :source_id, unnest(cast(:scopes as text[])), :place, :batch_id
