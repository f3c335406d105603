-- The roles inside the database: what they have, and who may act as them.

-- name: privileges_held
-- Of whole tables, and of columns. Tables of batches and partitions get theirs where they are made.
with ours as (
  select oid, rolname from pg_roles where rolname = any(:roles)
), tables as (
  select oid, relacl, format('%s.%s', relnamespace::regnamespace, relname) as name
  from pg_class
  where relnamespace in ('sync'::regnamespace, 'register'::regnamespace, 'privacy'::regnamespace)
    and relkind in ('r', 'p', 'v') and not relispartition
)
select ours.rolname as role, tables.name, acl.privilege_type as privilege, '' as field
from tables, aclexplode(tables.relacl) as acl
join ours on ours.oid = acl.grantee
union all
select ours.rolname, tables.name, acl.privilege_type, attribute.attname::text
from tables
join pg_attribute as attribute on attribute.attrelid = tables.oid and not attribute.attisdropped,
  aclexplode(attribute.attacl) as acl
join ours on ours.oid = acl.grantee

-- name: members_of_roles
select role.rolname as role, member.rolname as member
from pg_auth_members as held
join pg_roles as role on role.oid = held.roleid
join pg_roles as member on member.oid = held.member
where role.rolname = any(:roles)
group by role.rolname, member.rolname
order by role.rolname, member.rolname

-- name: is_owner
-- Of a database that holds nothing yet, whoever migrates it first.
select coalesce((select pg_has_role(nspowner, 'usage') from pg_namespace where nspname = 'sync'), true)
