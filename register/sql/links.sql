-- The ledger of links, who belongs to whom, and what holds of both. `outcome` is what was computed for the region.

-- name: begin_outcome
create temporary table outcome (
  a bigint, b bigint, verdict text, rule text, reason text, primary key (a, b)
) on commit drop

-- name: begin_labelled
create temporary table labelled (record_id bigint primary key, label bigint) on commit drop

-- name: begin_component
create temporary table component (record_id bigint primary key, label bigint, golden_id bigint) on commit drop

-- name: end_links
update register.match_link as link
set ended_at = now(), ended_why = case
    when exists (select from {records} as record where record.id = link.record_a)
      and exists (select from {records} as record where record.id = link.record_b) then 'the rules say otherwise now'
    else 'a record has gone'
  end
where link.record_type = :record_type and link.customer_id = :customer_id and link.ended_at is null
  and link.record_a in (select record_id from region)
  and case
    when link.decided_by is null then not exists (
      select from outcome
      where (outcome.a, outcome.b, outcome.verdict, outcome.rule) = (link.record_a, link.record_b, link.verdict, link.rule)
        and outcome.reason is not distinct from link.reason
    )
    else not exists (select from {records} as record where record.id = link.record_a)
      or not exists (select from {records} as record where record.id = link.record_b)
  end

-- name: add_links
insert into register.match_link (customer_id, record_type, record_a, record_b, verdict, rule, reason)
select :customer_id, :record_type, a, b, verdict, rule, reason
from outcome
where not exists (
  select from register.match_link as link
  where link.record_type = :record_type and (link.record_a, link.record_b) = (outcome.a, outcome.b)
    and link.ended_at is null
)
order by a, b

-- name: fill_components
insert into component (record_id, label)
select distinct on (record.id) record.id, coalesce(labelled.label, record.id)
from region
join {records} as record on record.id = region.record_id
left join labelled on labelled.record_id = record.id

-- name: keep_ids
-- A person stays where the oldest of its records is; of several that so meet, the oldest person stays.
with standing as (
  select
    component.label, member.golden_id, record.first_seen, source.name, record.key,
    row_number() over (partition by member.golden_id order by record.first_seen, source.name, record.key) as place
  from component
  join register.golden_member as member
    on member.record_type = :record_type and member.record_id = component.record_id
  join {records} as record on record.id = component.record_id
  join sync.source as source on source.id = record.source_id
), kept as (
  select distinct on (label) label, golden_id
  from standing
  where place = 1
  order by label, first_seen, name, key
)
update component set golden_id = kept.golden_id from kept where kept.label = component.label

-- name: give_ids
with fresh as (
  select label, nextval(pg_get_serial_sequence('{golden}', 'id')) as golden_id
  from (select distinct label from component where golden_id is null order by label) as lacking
)
update component set golden_id = fresh.golden_id from fresh where fresh.label = component.label

-- name: remove_members
delete from register.golden_member as member
where member.record_type = :record_type and member.record_id in (select record_id from region)
  and not exists (select from component where component.record_id = member.record_id)

-- name: write_members
insert into register.golden_member (record_type, record_id, customer_id, golden_id)
select :record_type, record_id, :customer_id, golden_id from component
on conflict (record_type, record_id) do update set golden_id = excluded.golden_id
where golden_member.golden_id <> excluded.golden_id

-- name: write_golden
-- Field by field: a correction, what the user says himself, then a source that still shows the record, then the source
-- of the higher priority, then the newest change.
insert into {golden} as held (id, customer_id, {columns}, records, first_seen, absent_since)
overriding system value
select
  golden_id, :customer_id, {chosen}, count(*), min(first_seen),
  case when bool_and(absent_since is not null) then max(absent_since) end
from (
  select
    member.golden_id, record.*, row.absent_since,
    row_number() over (
      partition by member.golden_id
      order by
        record.origin = 'self_reported' desc, row.absent_since is null desc, source.priority desc,
        record.last_changed desc, source.name, record.key
    ) as place
  from (select distinct golden_id from component) as touched
  join register.golden_member as member
    on member.record_type = :record_type and member.golden_id = touched.golden_id
  join {records} as record on record.id = member.record_id
  join sync.source as source on source.id = record.source_id
  join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
) as record
group by golden_id
on conflict (id) do update set {assignments}, records = excluded.records, first_seen = excluded.first_seen,
  absent_since = excluded.absent_since
where ({held}, held.records, held.first_seen, held.absent_since)
  is distinct from ({excluded}, excluded.records, excluded.first_seen, excluded.absent_since)

-- name: remove_golden
delete from {golden} as held
using former
where held.id = former.golden_id
  and not exists (
    select from register.golden_member as member where member.record_type = :record_type and member.golden_id = held.id
  )

-- name: remember_golden
create temporary table former on commit drop as
select distinct golden_id
from register.golden_member
where record_type = :record_type and record_id in (select record_id from region)
