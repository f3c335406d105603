-- The clock of persons and companies (R1). It runs from the day on which the last thing ended that made them active:
-- employments, accounts, and being shown by their registers. All statements of a run share one transaction.

-- name: clock_states
select
  customer.id as customer_id,
  (select count(*) from sync.batch where batch.customer_id = customer.id and batch.status = 'applied') as applied,
  coalesce(pg_sequence_last_value(pg_get_serial_sequence('register.match_link', 'id')::regclass), 0) as links,
  coalesce(pg_sequence_last_value(pg_get_serial_sequence('register.person', 'id')::regclass), 0) as persons,
  coalesce(pg_sequence_last_value(pg_get_serial_sequence('register.company', 'id')::regclass), 0) as companies
from sync.customer as customer

-- name: find_marked_rows
-- Of the rows' own markers, those that say more than the coverage of their source: one look for all who ask. Absent on a
-- day are rows that their register marked as deleted, or that two complete readings in a row did not show. One reading
-- may be a mistake, so a row that only one has missed is not gone yet.
create temporary table marked_row on commit drop as
select held.customer_id, held.source_id, held.key, held.scope, held.imported, held.shown_place, held.absent_place,
  held.stale, case when held.absent_place = any(held.deleted_places) then held.absent_since else second.day end as absent_on
from sync.source_row as held
left join lateral (
  select sync.place_date(min(place)) as day
  from sync.coverage
  where coverage.source_id = held.source_id and coverage.scope = held.scope and coverage.place > held.absent_place
) as second on true
where (held.hash is null or held.absent_place is not null or held.quarantined_place is not null)
  and (cast(:customer_id as integer) is null or held.customer_id = :customer_id)

-- name: find_running
-- The records whose clock runs. They are nearly all that have ended, so that few are left to be looked up by their key;
-- what starts and clears clocks keeps the table true, so that what is due is told by it, too.
create temporary table running_{record_type} on commit drop as
select id as record_id, customer_id, source_id, key, retention_trigger
from {table}
where retention_trigger is not null
  and (cast(:before as date) is null or retention_trigger < :before)
  and (cast(:customer_id as integer) is null or customer_id = :customer_id)

-- name: find_ended
create temporary table ended on commit drop as
select record_id, max(ended_on) as ended_on
from (
  select running.record_id, absent.absent_on as ended_on
  from marked_row as absent join running_{record_type} as running using (source_id, key)
  where absent.absent_on is not null
  union all
  select record.id, absent.absent_on
  from marked_row as absent join {table} as record using (source_id, key)
  where absent.absent_on is not null
    and not exists (
      select from running_{record_type} as running where running.source_id = absent.source_id and running.key = absent.key
    )
  union all
  select record.id, gone.ends_on
  from privacy.customer_end as gone join {table} as record on record.customer_id = gone.customer_id
  where (cast(:customer_id as integer) is null or gone.customer_id = :customer_id) and {sure}
  {more_signals}
) as signals
group by record_id

-- name: more_signals_of_person
-- A fragment.
union all
select record.id, employment.valid_to
from register.employment as employment join register.person_record as record using (source_id, key)
where employment.valid_to is not null
  and (cast(:customer_id as integer) is null or employment.customer_id = :customer_id)
union all
select record.id, privacy.local_date(account.closed_at)
from register.account as account join register.person_record as record using (source_id, key)
where account.closed_at is not null
  and (cast(:customer_id as integer) is null or account.customer_id = :customer_id)

-- name: find_clocks
-- Of a person whose every record has ended, all records have one clock, that of the last to end.
create temporary table clock on commit drop as
select record_id, ended_on
from (
  select ended.record_id, member.golden_id,
    max(ended.ended_on) over (partition by coalesce(member.golden_id, -ended.record_id)) as ended_on,
    count(*) over (partition by coalesce(member.golden_id, -ended.record_id)) as records
  from ended
  left join register.golden_member as member
    on member.record_type = '{record_type}' and member.record_id = ended.record_id
) as of_golden
where golden_id is null or records = (
  select count(*) from register.golden_member as member
  where member.record_type = '{record_type}' and member.golden_id = of_golden.golden_id
)

-- name: start_clocks
with started as (
  update {table} as held
  set retention_trigger = clock.ended_on
  from clock left join running_{record_type} as running using (record_id)
  where held.id = clock.record_id and running.retention_trigger is distinct from clock.ended_on
  returning held.id as record_id, held.customer_id, held.source_id, held.key, held.retention_trigger
), moved as (
  delete from running_{record_type} as running using started where running.record_id = started.record_id
)
insert into running_{record_type} (record_id, customer_id, source_id, key, retention_trigger)
select record_id, customer_id, source_id, key, retention_trigger from started

-- name: clear_clocks
-- A relation that has come back has no clock; the next one begins anew.
with cleared as (
  update {table} as held
  set retention_trigger = null
  from running_{record_type} as running
  where held.id = running.record_id and not exists (select from clock where clock.record_id = running.record_id)
  returning held.id
)
delete from running_{record_type} as running using cleared where running.record_id = cleared.id
