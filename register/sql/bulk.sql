-- Tables whose indexes may wait until a load is over.

-- name: is_plain_table
-- Ours to alter, not partitioned, and no other table's foreign key rests on one of its indexes.
select relkind = 'r' and pg_has_role(relowner, 'usage')
  and not exists (select from pg_constraint where confrelid = pg_class.oid and contype = 'f')
from pg_class where oid = cast(:name as regclass)

-- name: indexes_of
select
  held.oid is not null as is_constraint,
  case when held.oid is not null then quote_ident(held.conname) else index.indexrelid::regclass::text end as qualified,
  case when held.oid is not null
    then format('alter table %s add constraint %I %s', held.conrelid::regclass, held.conname, pg_get_constraintdef(held.oid))
    else pg_get_indexdef(index.indexrelid)
  end as definition
from pg_index as index
left join pg_constraint as held on held.conindid = index.indexrelid and held.contype in ('p', 'u', 'x')
where index.indrelid = cast(:name as regclass)
order by index.indexrelid
