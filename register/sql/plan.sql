-- Planning a batch: what each staged row would do, given every batch applied so far, older or newer.
--
-- A row's last good reading is the newest coverage of its scope while it is settled (neither absent nor in quarantine),
-- otherwise the place written down when it left that state. A reading counts only if it is newer than that.

-- name: make_plan
create temporary table plan on commit drop as
with latest as (
  select scope, max(place) as place from sync.coverage where source_id = :source_id group by scope
), following as (
  select scope, min(place) as place from sync.coverage where source_id = :source_id and place > :place group by scope
), reading as (
  select
    staged.row_number, staged.key, staged.hash, staged.scope, staged.state, staged.bad, staged.modified,
    known.key is not null as known,
    coalesce(known.imported, false) as imported,
    known.hash as known_hash, known.absent_place, known.quarantined_place, known.stale,
    case when known.absent_place is null and known.quarantined_place is null
      then greatest(known.good_place, latest.place)
      else known.good_place
    end as good_place,
    following.place as next_place
  from {rows} as staged
  left join sync.source_row as known on known.source_id = :source_id and known.key = staged.key
  left join latest on latest.scope = known.scope
  left join following on following.scope = staged.scope
)
select
  *,
  :place > coalesce(good_place, 0) as fresh,
  case
    when state in ('quarantined', 'conflict') then 'quarantined'
    when state = 'duplicate' then 'duplicate'
    when state = 'good' and not imported then 'inserted'
    else 'unchanged'
  end as action
from reading

-- name: make_changes
create temporary table {changes} (
  row_number bigint, key text, id bigint, part text, change text, fields text[], fresh boolean, next_place bigint
) on commit drop

-- name: compare_fields
-- Fields of records on both sides that would get another value.
insert into {changes}
select * from (
  select
    plan.row_number, plan.key, held.id, held.part, 'changed' as change,
    array_remove(array[{changed_fields}], null) as fields,
    plan.fresh, plan.next_place
  from plan
  join {staged} as staged on staged.row_number = plan.row_number
  join {held} as held on held.source_id = :source_id and held.key = plan.key and held.part = staged.part
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
where plan.state = 'good' and plan.imported and held.id is null and {taken}

-- name: find_removed
-- Records that a known row no longer gives: the parts of a row are its value.
insert into {changes}
select plan.row_number, plan.key, held.id, held.part, 'removed', array['*'], plan.fresh, plan.next_place
from plan
join {held} as held on held.source_id = :source_id and held.key = plan.key
left join {staged} as staged on staged.row_number = plan.row_number and staged.part = held.part
where plan.state = 'good' and plan.imported and staged.row_number is null and {taken}

-- name: mark_updated
update plan set action = 'updated'
where action = 'unchanged' and row_number in (select row_number from {changes})

-- name: mark_deletions
-- A deletion marker changes something only where the key is still held as present.
update plan set action = 'updated'
where state = 'deleted' and imported and fresh and absent_place is null

-- name: make_absences
-- Keys of the covered scopes that this batch does not show. They are absent from this batch on, unless they were read,
-- well or in quarantine, by a newer one.
create temporary table absences on commit drop as
with latest as (
  select scope, max(place) as place from sync.coverage where source_id = :source_id group by scope
), missing as (
  select
    held.key, held.scope, held.imported, held.absent_place, held.quarantined_place,
    case when held.absent_place is null and held.quarantined_place is null
      then greatest(held.good_place, latest.place)
      else held.good_place
    end as good_place,
    latest.place as latest_place
  from sync.source_row as held
  left join latest on latest.scope = held.scope
  where held.source_id = :source_id
    and held.scope = any(:scopes)
    and (
      held.hash in (select hash from {unseen})
      or held.hash is null or held.absent_place is not null or held.quarantined_place is not null
    )
    and not exists (select from {rows} as staged where staged.key = held.key)
)
select key, imported, absent_place is null as newly, good_place
from missing
where :place > coalesce(good_place, 0)
  and case
    when absent_place is null then quarantined_place is null or :place > coalesce(latest_place, 0)
    else :place < absent_place and :place > coalesce(
      (select max(earlier.place) from sync.coverage as earlier
       where earlier.source_id = :source_id and earlier.scope = missing.scope and earlier.place < missing.absent_place), 0)
  end

-- name: count_actions
select action, count(*) as rows from plan group by action

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
