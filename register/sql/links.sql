-- The ledger of links, who belongs to whom, and what holds of both. `outcome` is what was computed for the region.

-- name: begin_outcome
create temporary table outcome (
  a bigint, b bigint, verdict text, rule text, reason text, primary key (a, b)
) on commit drop

-- name: begin_labelled
create temporary table labelled (record_id bigint primary key, label bigint) on commit drop

-- name: find_gone
create temporary table gone on commit drop as
select record_id from region where not exists (select from {records} as record where record.id = region.record_id)

-- name: find_new_links
-- Before any is written, because what is written is no longer compared.
create temporary table new_link on commit drop as
select outcome.*
from outcome
left join register.match_link as link
  on link.record_type = :record_type and link.record_a = outcome.a and link.record_b = outcome.b and link.ended_at is null
where link.id is null
  or link.decided_by is null
    and (outcome.verdict, outcome.rule, outcome.reason) is distinct from (link.verdict, link.rule, link.reason)

-- name: end_links
with standing as (
  select
    link.id,
    link.decided_by is null
      and (outcome.verdict, outcome.rule, outcome.reason) is distinct from (link.verdict, link.rule, link.reason) as other,
    link.record_a in (select record_id from gone) or link.record_b in (select record_id from gone) as gone
  from region
  join register.match_link as link
    on link.record_type = :record_type and link.record_a = region.record_id and link.ended_at is null
  left join outcome on outcome.a = link.record_a and outcome.b = link.record_b
)
update register.match_link as link
set ended_at = now(),
  ended_why = case when standing.gone then 'a record has gone' else 'the rules say otherwise now' end
from standing
where link.id = standing.id and (standing.other or standing.gone)

-- name: add_links
insert into register.match_link (customer_id, record_type, record_a, record_b, verdict, rule, reason)
select :customer_id, :record_type, a, b, verdict, rule, reason
from new_link
order by a, b

-- name: find_components
-- Which records are one, by the smallest of their ids, and of whom they have been.
create temporary table component on commit drop as
select region.record_id, coalesce(labelled.label, region.record_id) as label, member.golden_id as former_id
from region
left join labelled on labelled.record_id = region.record_id
left join register.golden_member as member on member.record_type = :record_type and member.record_id = region.record_id
where not exists (select from gone where gone.record_id = region.record_id)

-- name: keep_ids
-- A person stays where the oldest of its records is; of several that so meet, the oldest person stays.
create temporary table identified on commit drop as
with standing as (
  select
    component.label, component.former_id, record.first_seen, source.name, record.key,
    row_number() over (partition by component.former_id order by record.first_seen, source.name, record.key) as place
  from component
  join {records} as record on record.id = component.record_id
  join sync.source as source on source.id = record.source_id
  where component.former_id is not null
)
select distinct on (label) label, former_id as golden_id, false as fresh
from standing
where place = 1
order by label, first_seen, name, key

-- name: give_ids
insert into identified (label, golden_id, fresh)
select label, nextval((select pg_get_serial_sequence('{golden}', 'id')::regclass)), true
from (select label from component except select label from identified order by label) as lacking

-- name: remove_members
delete from register.golden_member as member
using gone
where member.record_type = :record_type and member.record_id = gone.record_id

-- name: move_members
update register.golden_member as member
set golden_id = identified.golden_id
from component
join identified on identified.label = component.label and identified.golden_id <> component.former_id
where member.record_type = :record_type and member.record_id = component.record_id

-- name: add_members
insert into register.golden_member (record_type, record_id, customer_id, golden_id)
select :record_type, component.record_id, :customer_id, identified.golden_id
from component
join identified on identified.label = component.label
where component.former_id is null
order by component.record_id

-- name: say_golden
-- Field by field: a correction, what the user says himself, then a source that still shows the record, then the source
-- of the higher priority, then the newest change.
create temporary table said on commit drop as
select
  golden_id as id, fresh, {chosen}, count(*) as records, min(first_seen) as first_seen,
  case when bool_and(absent_since is not null) then max(absent_since) end as absent_since
from (
  select
    identified.golden_id, identified.fresh, record.*, row.absent_since,
    row_number() over (
      partition by identified.golden_id
      order by
        record.origin = 'self_reported' desc, row.absent_since is null desc, source.priority desc,
        record.last_changed desc, source.name, record.key
    ) as place
  from component
  join identified on identified.label = component.label
  join {records} as record on record.id = component.record_id
  join sync.source as source on source.id = record.source_id
  join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
) as record
group by golden_id, fresh

-- name: change_golden
update {golden} as held
set {assignments}
from said
where not said.fresh and held.id = said.id and ({held}) is distinct from ({said})

-- name: add_golden
insert into {golden} (customer_id, id, {columns})
overriding system value
select :customer_id, id, {columns}
from said
where fresh
order by id

-- name: remove_golden
-- By a function of the owner's, which looks again: who fills golden records may not delete them.
select register.remove_memberless(:record_type, array_agg(golden_id order by golden_id))
from former
where not exists (
  select from register.golden_member as member
  where member.record_type = :record_type and member.golden_id = former.golden_id
)
having count(*) > 0

-- name: remember_golden
create temporary table former on commit drop as
select distinct member.golden_id
from region
join register.golden_member as member
  on member.record_type = :record_type and member.record_id = region.record_id
