-- The end of events: coarsened, made nobody's, and dropped by whole partitions. Their keys: event_keys.sql.

-- name: partitions_of
select child.relname as name, child.reltuples::bigint as estimate
from pg_inherits
join pg_class as child on child.oid = pg_inherits.inhrelid
where pg_inherits.inhparent = cast(:parent as regclass)
order by child.relname

-- name: remove_event_changes
delete from sync.field_change as change
using {partition} as event
where change.record_type = '{record_type}' and change.record_id = event.id and not ({stays})

-- name: move_aside
insert into {kept} select event.* from {partition} as event where {stays}

-- name: coarsen_to_hour
update {partition} as event
set latitude = round(latitude, 2), longitude = round(longitude, 2), observed_at = date_trunc('hour', observed_at, 'UTC')
where (
    latitude <> round(latitude, 2) or longitude <> round(longitude, 2)
    or observed_at <> date_trunc('hour', observed_at, 'UTC')
  )
  and privacy.expires_on(privacy.local_date(observed_at), :months, :days) <= :business_date
  and not ({stays})

-- name: coarsen_to_date
update {partition} as event
set latitude = null, longitude = null, accuracy_m = null,
  observed_at = cast(privacy.local_date(observed_at) as timestamp) at time zone 'Europe/Helsinki'
where (
    latitude is not null or longitude is not null or accuracy_m is not null
    or observed_at <> cast(privacy.local_date(observed_at) as timestamp) at time zone 'Europe/Helsinki'
  )
  and privacy.expires_on(privacy.local_date(observed_at), :months, :days) <= :business_date
  and not ({stays})

-- name: event_expires
-- A fragment: the day on which the row `event` is due, by its own day.
privacy.expires_on(privacy.local_date(event.{happened}), :months, :days)

-- name: month_expires
-- A fragment: the same, counted from the last day of its month.
privacy.expires_on(privacy.last_day_of_month(privacy.local_date(event.{happened})), :months, :days)

-- name: message_is_claimed
-- A fragment: whether the message reminded of an invoice whose claim is open, or closed no longer ago than its own
-- period (R2c): it proves that the claim was kept alive.
event.related_invoice_no is not null and exists (
  select from register.invoice as invoice
  join register.collection as collection using (source_id, key)
  where invoice.customer_id = event.customer_id and invoice.invoice_no = event.related_invoice_no
    and (
      collection.closed_on is null
      or privacy.expires_on(collection.closed_on, :claim_months, :claim_days) > :business_date
    )
)

-- name: delete_events
with gone as (
  delete from {partition} as event where {over} and not ({stays})
  returning source_id, key, privacy.local_date({happened}) as day
), keys as (
  delete from sync.source_row as held using gone where held.source_id = gone.source_id and held.key = gone.key
  returning 1
)
select count(*) as rows, (select count(*) from keys) as keys, min(day) as first_day, max(day) as last_day from gone

-- name: count_events
select
  count(*) filter (where not ({held}) and not ({claimed})) as due,
  count(*) filter (where {held}) as held,
  count(*) filter (where not ({held}) and {claimed}) as claimed
from {partition} as event
where {over}

-- name: count_events_ahead
select
  {expires} as due_on,
  count(*) filter (where not ({held}) and not ({claimed})) as rows,
  count(*) filter (where ({held}) or ({claimed})) as kept
from {partition} as event
where {expires} <= :business_date
group by 1

-- name: find_old_pseudonyms
-- A mapping stands for a month, and is counted from its last day.
create temporary table old_pseudonym on commit drop as
select known.customer_id, known.month, known.user_id,
  exists (
    select from held_event as held
    where held.event_id is null and (held.customer_id is null or held.customer_id = known.customer_id)
      and (held.user_id is null or held.user_id = known.user_id)
      and (held.customer_id is not null or held.source_id in (
        select id from sync.source where source.customer_id = known.customer_id
      ))
      and (held.first_day is null or privacy.last_day_of_month(known.month) >= held.first_day)
      and (held.last_day is null or known.month <= held.last_day)
  ) as held
from privacy.action_pseudonym as known
where privacy.expires_on(privacy.last_day_of_month(known.month), :months, :days) <= :business_date

-- name: count_old_pseudonyms
select
  count(*) filter (where not held) as due, count(*) filter (where held) as held,
  count(distinct month) filter (where not held) as periods,
  privacy.last_day_of_month(min(month) filter (where not held)) as first_day,
  privacy.last_day_of_month(max(month) filter (where not held)) as last_day
from old_pseudonym

-- name: count_pseudonyms_ahead
select
  privacy.expires_on(privacy.last_day_of_month(month), :months, :days) as due_on,
  count(*) filter (where not held) as rows, count(*) filter (where held) as kept
from old_pseudonym
group by 1

-- name: remove_old_pseudonyms
delete from privacy.action_pseudonym as known
using old_pseudonym as old
where not old.held and (known.customer_id, known.month, known.user_id) = (old.customer_id, old.month, old.user_id)
