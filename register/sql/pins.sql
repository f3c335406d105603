-- Corrections of golden fields, and which record's word counts.

-- name: record_has_gone
-- A fragment: a merge has removed it.
not exists (select from {records} as there where there.id = {record_id})

-- name: record_is_doomed
-- A fragment: it is about to be removed.
exists (select from doomed where doomed.record_type = '{record_type}' and doomed.record_id = {record_id})

-- name: move_pins
-- The record goes and its person does not: the correction stays with the person, at the oldest record that stays.
with gone as (
  select distinct on (member.golden_id, pin.field) pin.id, heir.record_id
  from register.field_pin as pin
  join register.golden_member as member
    on member.record_type = pin.record_type and member.record_id = pin.record_id
  join lateral (
    select other.record_id
    from register.golden_member as other
    join {records} as record on record.id = other.record_id
    join sync.source as source on source.id = record.source_id
    where other.record_type = member.record_type and other.golden_id = member.golden_id
      and not {other_goes}
      and not exists (
        select from register.field_pin as stands
        where stands.record_type = pin.record_type and stands.record_id = other.record_id and stands.field = pin.field
          and stands.ended_at is null
      )
    order by record.first_seen, source.name, record.key
    limit 1
  ) as heir on true
  where pin.record_type = :record_type and pin.ended_at is null
    and (cast(:customer_id as integer) is null or pin.customer_id = :customer_id)
    and {goes}
  order by member.golden_id, pin.field, pin.made_at desc, pin.id desc
)
update register.field_pin as pin set record_id = gone.record_id from gone where gone.id = pin.id

-- name: end_lost_pins
update register.field_pin as pin
set ended_at = now(), ended_why = 'the records have gone', value = null
where pin.customer_id = :customer_id and pin.record_type = :record_type and pin.ended_at is null
  and not exists (select from {records} as there where there.id = pin.record_id)

-- name: find_pinned
-- Two corrections of one field meet where two persons became one: the later one counts.
create temporary table pinned on commit drop as
select distinct on (member.golden_id, pin.field) member.golden_id, pin.field, pin.value
from register.field_pin as pin
join register.golden_member as member
  on member.record_type = pin.record_type and member.record_id = pin.record_id
where pin.customer_id = :customer_id and pin.record_type = :record_type and pin.ended_at is null
order by member.golden_id, pin.field, pin.made_at desc, pin.id desc

-- name: standing_pins
-- The corrections of a person or company; of one field the one that counts comes first.
select pin.id, pin.record_id, pin.field, actor.name as said_by, pin.reason, pin.made_at
from register.golden_member as member
join register.field_pin as pin on pin.record_type = member.record_type and pin.record_id = member.record_id
join privacy.actor as actor on actor.id = pin.decided_by
where member.record_type = :record_type and member.golden_id = :golden_id and pin.ended_at is null
order by pin.field, pin.made_at desc, pin.id desc

-- name: oldest_member
select record.id, member.customer_id
from register.golden_member as member
join {records} as record on record.id = member.record_id
join sync.source as source on source.id = record.source_id
where member.record_type = :record_type and member.golden_id = :golden_id
order by record.first_seen, source.name, record.key
limit 1

-- name: rank_of_record
-- What decides whose word counts, of a record of a person or company.
select record.id, record.origin, row.absent_since, source.priority, record.last_changed
from {records} as record
join sync.source as source on source.id = record.source_id
join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
where record.id = :record_id

-- name: follow_priorities
-- Whether a source's priority is another than golden records follow; from now on they do.
update sync.source set matched_priority = priority
where id = any(:sources) and matched_priority <> priority
