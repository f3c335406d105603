-- Nights as the register knows them: what became of each source, and how many nights went before.

-- name: known_sources
select
  source.name,
  source.state,
  min(batch.business_date) as first_date,
  max(batch.business_date) filter (where batch.status = 'applied' and batch.business_date <= :on) as last_applied,
  exists (
    select from pg_locks
    where locktype = 'advisory' and granted and classid = 1296322 and objid = source.id
      and database = (select oid from pg_database where datname = current_database())
  ) as busy
from sync.source as source
left join sync.batch as batch on batch.source_id = source.id
group by source.id

-- name: newest_batch_ids
select distinct on (source_id) id
from sync.batch
where business_date = :on
order by source_id, attempt desc

-- name: rejected_of_batches
select
  source.name as source, quarantine.rule, quarantine.effect,
  count(distinct quarantine.row_number) as rows
from sync.quarantine as quarantine
join sync.source as source on source.id = quarantine.source_id
where quarantine.batch_id = any(:batch_ids)
group by source.name, quarantine.rule, quarantine.effect
order by rows desc, source.name, quarantine.rule

-- name: trend_of_nights
with newest as (
  select distinct on (source_id, business_date) *
  from sync.batch
  where business_date between :first and :last
  order by source_id, business_date, attempt desc
)
select
  business_date,
  count(*) filter (where status = 'applied') as applied,
  count(*) filter (where status in ('held', 'released')) as held,
  count(*) filter (where status in ('pulling', 'planned', 'failed')) as failed,
  count(*) filter (where status in ('discarded', 'superseded')) as ended,
  sum(read)::bigint as read,
  (sum(inserted) + sum(updated))::bigint as changed,
  sum(absent)::bigint as absent,
  sum(quarantined)::bigint as quarantined
from newest
group by business_date
order by business_date

-- name: dates_with_batches
select source.name, batch.business_date
from sync.batch as batch
join sync.source as source on source.id = batch.source_id
where batch.business_date between :first and :last
group by source.name, batch.business_date

-- name: kept_sending
-- Of each source the newest merged night, and since when every merged night had rows that were suppressed or expired.
with merged as (
  select distinct on (source_id, business_date) source_id, business_date, suppressed, expired
  from sync.batch
  where status = 'applied' and business_date between :first and :on
    and source_id = coalesce(cast(:source_id as integer), source_id)
  order by source_id, business_date, attempt desc
), without as (
  select
    source_id, max(business_date) as newest,
    coalesce(max(business_date) filter (where suppressed = 0), '-infinity') as suppressed_on,
    coalesce(max(business_date) filter (where expired = 0), '-infinity') as expired_on
  from merged
  group by source_id
)
select
  source.name as source,
  sum(merged.suppressed) filter (where merged.business_date = without.newest)::bigint as suppressed,
  sum(merged.expired) filter (where merged.business_date = without.newest)::bigint as expired,
  min(merged.business_date) filter (where merged.business_date > without.suppressed_on) as suppressed_since,
  min(merged.business_date) filter (where merged.business_date > without.expired_on) as expired_since
from merged
join without on without.source_id = merged.source_id
join sync.source on source.id = merged.source_id
group by source.id
order by source.name
