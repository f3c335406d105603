-- Settling a batch's staged rows: which keys stand on more than one row.

-- name: has_repeated_keys
-- Nearly always none. Counted by sorting, which takes a fifth of the time of grouping where the file is sorted already,
-- and less than it where it is not.
select count(key) > count(distinct key) from {rows}

-- name: find_repeated_keys
create temporary table repeated on commit drop as
select key, min(hash) <> max(hash) as contradicted from {rows} where key is not null group by key having count(*) > 1

-- name: mark_contradicting_rows
-- One key, different content: none of the rows can be believed.
update {rows} as staged
set state = 'conflict'
from repeated
where repeated.contradicted and staged.key = repeated.key
returning staged.row_number, staged.key

-- name: find_rows_contradicting_known
-- A staged row whose key the file also showed, unchanged, on another row.
select staged.row_number, staged.key, known.hash as known_hash, known.scope
from {rows} as staged
join sync.source_row as known on known.source_id = :source_id and known.key = staged.key
where known.hash is not null and known.absent_place is null and known.quarantined_place is null
  and not exists (select from {unseen} as unseen where unseen.hash = known.hash)

-- name: mark_conflict
update {rows} set state = 'conflict' where key = any(:keys) returning row_number, key

-- name: mark_repeated_rows
-- One key, the same content: the first row counts, the others are duplicates.
with ranked as (
  select row_number, row_number() over (partition by key order by row_number) as nth
  from {rows} join repeated using (key)
  where state in ('good', 'deleted')
)
update {rows} as staged
set state = 'duplicate'
from ranked
where staged.row_number = ranked.row_number and ranked.nth > 1
