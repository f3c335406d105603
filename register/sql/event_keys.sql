-- The source rows of events that are dropped with their partition.

-- name: pages_of_event_keys
-- The pages of sync.source_row between which nearly all source rows of the events lie, as one of a hundred tells; and of
-- how many pages the partition is.
select
  percentile_disc(0.05) within group (order by page) as first,
  percentile_disc(0.95) within group (order by page) as last,
  pg_relation_size('{partition}') / current_setting('block_size')::integer as pages
from (
  select (held.ctid::text::point)[0]::bigint as page
  from {partition} as event tablesample bernoulli (1) repeatable (1)
  join sync.source_row as held on held.source_id = event.source_id and held.key = event.key
) as written

-- name: remove_event_keys
-- Of the rows after a key, in the order of keys: so each page of the index that finds source rows is read once, however
-- the service makes its ids. Told is the last row of the part. `near` are those that need not be looked up.
with near as (
  {near}
), part as materialized (
  select event.source_id, event.key, {stays} as stays
  from {partition} as event
  where (event.source_id, event.key) > (:source_id, :key) and {others}
  order by event.source_id, event.key
  limit :most
), gone as (
  delete from sync.source_row as held
  using part
  where not part.stays and held.source_id = part.source_id and held.key = part.key
  returning 1
), last as (
  select source_id, key from part order by source_id desc, key desc limit 1
)
select
  (select count(*) from near) + (select count(*) from gone) as keys, (select count(*) from part) as rows,
  (select source_id from last) as source_id, (select key from last) as key

-- name: nothing_near
-- A fragment: every key is looked up.
select where false

-- name: remove_near_keys
-- A fragment: of the source rows between two places, those of the partition's events. One that is changed meanwhile is
-- left, since it lies elsewhere then, and is looked up.
delete from sync.source_row as held
using {partition} as event
where held.ctid >= cast(:first as tid) and held.ctid < cast(:beyond as tid)
  and held.source_id = event.source_id and held.key = event.key and not ({stays})
returning event.ctid as place

-- name: not_near
-- A fragment: whether the row `event` is none of those that were found near.
not exists (select from near where near.place = event.ctid)
