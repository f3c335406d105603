"""Makes the roles of least privilege, and the functions that lend them an owner's power for one narrow thing each.

Revision 0012, after 0011.

The roles belong to the whole PostgreSQL: another database of it may have made them. What they may do in this one is
told by `register.roles`, and granted after each upgrade.

Each function works as the owner with a search path of its own, and looks at what it is given: names are quoted, and no
text of a caller is executed.
"""

import sqlalchemy as sa
from alembic import op

from schemas.errors import Refusal

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROLES = ("ingest", "retention", "steward", "auditor")

MAKE_ROLE = """
do $$ begin
  create role {role} nologin;
exception when duplicate_object or unique_violation then null;  -- another database of the cluster was faster
end $$
"""

#: Name with arguments -> what it returns and does.
FUNCTIONS = {
    # Indexes and constraints of a table that holds nothing, dropped until `end_load`. They are remembered in a
    # temporary table of the owner's, which the caller can neither read nor write.
    "register.begin_load(loaded regclass)": """
returns boolean language plpgsql as $$
declare
  here boolean;
  one record;
begin
  if not exists (
    select from pg_class
    where oid = loaded and relkind = 'r' and not relispartition
      and relnamespace in ('register'::regnamespace, 'sync'::regnamespace)
  ) or exists (select from pg_constraint where confrelid = loaded and contype = 'f') then
    return false;
  end if;
  execute format('select exists (select from %s)', loaded) into here;
  if here then
    return false;
  end if;
  begin
    -- somebody reads it, perhaps another first load; waiting could become a deadlock
    execute format('lock table %s in access exclusive mode nowait', loaded);
  exception when lock_not_available then
    return false;
  end;
  execute format('select exists (select from %s)', loaded) into here;
  if here then
    return false;
  end if;
  if to_regclass('pg_temp.dropped_index') is null then
    create temporary table dropped_index (place bigint generated always as identity, definition text) on commit drop;
    create constraint trigger is_built after insert on pg_temp.dropped_index deferrable initially deferred
    for each row execute function register.is_built();
  end if;
  perform register.check_dropped();
  for one in
    select
      held.conname, index.indexrelid::regclass as name,
      case when held.oid is not null
        then format('alter table %s add constraint %I %s', loaded, held.conname, pg_get_constraintdef(held.oid))
        else pg_get_indexdef(index.indexrelid)
      end as definition
    from pg_index as index
    left join pg_constraint as held on held.conindid = index.indexrelid and held.contype in ('p', 'u', 'x')
    where index.indrelid = loaded
    order by index.indexrelid
  loop
    execute 'insert into pg_temp.dropped_index (definition) values ($1)' using one.definition;
    if one.conname is not null then
      execute format('alter table %s drop constraint %I', loaded, one.conname);
    else
      execute format('drop index %s', one.name);
    end if;
  end loop;
  execute format('truncate %s', loaded);
  return true;
end $$
""",
    "register.end_load()": """
returns void language plpgsql as $$
declare
  again text;
begin
  if to_regclass('pg_temp.dropped_index') is null then
    return;
  end if;
  perform register.check_dropped();
  for again in execute 'select definition from pg_temp.dropped_index order by place' loop
    execute again;
  end loop;
  delete from pg_temp.dropped_index;
end $$
""",
    # Whoever does not call `end_load` cannot commit.
    "register.is_built()": """
returns trigger language plpgsql as $$
begin
  if exists (select from pg_temp.dropped_index where place = new.place) then
    raise insufficient_privilege using message = 'a load that has not been ended';
  end if;
  return null;
end $$
""",
    "register.check_dropped()": """
returns void language plpgsql as $$
begin
  if (select relowner from pg_class where oid = to_regclass('pg_temp.dropped_index')) <> current_user::regrole then
    raise insufficient_privilege using message = 'the table of dropped indexes is not the owner''s';
  end if;
end $$
""",
    # Records that a row of a batch under way has ceased to give. The merge has said so in sync.field_change, where only
    # retention can delete.
    "register.remove_given_up(record_type text, table_name text, ids bigint[], batch bigint)": """
returns void language plpgsql as $$
begin
  if table_name not in (record_type, record_type || '_record') then
    raise insufficient_privilege using message = 'not the table of that record type';
  end if;
  execute format(
    'delete from register.%I as held using unnest($1) as gone (id), sync.batch as batch '
    'where held.id = gone.id and batch.id = $2 and batch.source_id = held.source_id '
    'and batch.status not in (''applied'', ''superseded'', ''discarded'', ''failed'') and exists ('
    'select from sync.field_change as change where change.record_type = $3 and change.record_id = held.id '
    'and change.batch_id = $2 and change.rule = ''removed'')', table_name
  ) using ids, batch, record_type;
end $$
""",
    # Golden records without a member.
    "register.remove_memberless(golden text, ids bigint[])": """
returns void language plpgsql as $$
begin
  if golden not in ('person', 'company') then
    raise insufficient_privilege using message = 'no golden records';
  end if;
  execute format(
    'delete from register.%I as held using unnest($1) as gone (id) where held.id = gone.id and not exists ('
    'select from register.golden_member as member where member.record_type = $2 and member.golden_id = held.id)', golden
  ) using ids, golden;
end $$
""",
    # Attached rather than made in place: that locks the parent against other changes of its shape, not against readers.
    "register.make_partition(parent text, first date, following date)": """
returns void language plpgsql as $$
declare
  name text := parent || to_char(first, '_YYYY_MM_DD');
begin
  perform register.check_parted(parent);
  execute format('create table register.%I (like register.%I including all)', name, parent);
  perform register.share_partition(name);
  execute format(
    'alter table register.%I attach partition register.%I for values from (%L) to (%L)',
    parent, name, first || ' 00:00:00 Europe/Helsinki', following || ' 00:00:00 Europe/Helsinki'
  );
end $$
""",
    # Rows that a hold or claim keeps after their partition has gone.
    "register.keep_aside(parent text)": """
returns void language plpgsql as $$
declare
  name text := parent || '_kept';
begin
  perform register.check_parted(parent);
  if to_regclass(format('register.%I', name)) is null then
    execute format('create table register.%I partition of register.%I default', name, parent);
    perform register.share_partition(name);
    execute format('grant insert on register.%I to retention', name);
  end if;
end $$
""",
    "register.check_parted(parent text)": """
returns void language plpgsql as $$
begin
  if not exists (
    select from pg_class where relnamespace = 'register'::regnamespace and relname = parent and relkind = 'p'
  ) then
    raise insufficient_privilege using message = 'not a table of events';
  end if;
end $$
""",
    # Retention works on partitions one by one.
    "register.share_partition(name text)": """
returns void language plpgsql as $$
begin
  execute format('grant select, update, delete on register.%I to retention', name);
  if current_setting('server_version_num')::int >= 170000 then
    execute format('grant maintain on register.%I to ingest, retention', name);
  end if;
end $$
""",
    "register.detach_partition(partition text)": """
returns void language plpgsql as $$
declare
  parent regclass;
begin
  select inhparent into parent
  from pg_inherits join pg_class on pg_class.oid = pg_inherits.inhparent
  where inhrelid = to_regclass(format('register.%I', partition)) and relkind = 'p';
  if parent is null or partition !~ '_[0-9]{4}_[0-9]{2}_[0-9]{2}$' then
    raise insufficient_privilege using message = 'not a partition of events';
  end if;
  execute format('alter table %s detach partition register.%I', parent, partition);
end $$
""",
    "register.drop_detached(partition text)": """
returns void language plpgsql as $$
begin
  if partition !~ '_[0-9]{4}_[0-9]{2}_[0-9]{2}$' or exists (
    select from pg_class
    where oid = to_regclass(format('register.%I', partition)) and (relispartition or relkind <> 'r')
  ) then
    raise insufficient_privilege using message = 'not a detached partition of events';
  end if;
  execute format('drop table register.%I', partition);
end $$
""",
    # A statement that truncates a partition does not pass by its parent's trigger.
    "privacy.make_evidence_partition(year integer)": """
returns void language plpgsql as $$
declare
  name text := format('evidence_%s', year);
begin
  execute format(
    'create table privacy.%I partition of privacy.evidence for values from (%L) to (%L)',
    name, make_date(year, 1, 1), make_date(year + 1, 1, 1)
  );
  execute format(
    'create trigger append_only_truncate before truncate on privacy.%I '
    'for each statement execute function privacy.append_only()', name
  );
end $$
""",
    "privacy.drop_evidence_partition(year integer)": """
returns void language plpgsql as $$
begin
  execute format('drop table privacy.%I', format('evidence_%s', year));
end $$
""",
    # The schema's owner may drop what another role has made in it.
    "staging.drop_batch(batch bigint)": """
returns void language plpgsql as $$
declare
  name text;
begin
  for name in
    select relname from pg_class
    where relnamespace = 'staging'::regnamespace and relkind = 'r' and relname ~ format('^b%s_', batch)
  loop
    execute format('drop table staging.%I', name);
  end loop;
end $$
""",
}

_REMEDY = (
    f"Have an administrator run: {' '.join(f'create role {role} nologin;' for role in ROLES)} and grant them to the "
    "logins that are to use them."
)


def upgrade() -> None:
    """Goes forward."""
    connection = op.get_bind()
    _make_roles(connection)
    for name, body in FUNCTIONS.items():
        op.execute(f"create function {name} {body.strip()} security definer set search_path = pg_catalog, pg_temp")
        op.execute(f"revoke execute on function {name} from public")
    op.execute("grant select on public.alembic_version to public")
    for name in connection.scalars(sa.text("select current_database()")).all():
        op.execute(f'grant connect, temporary on database "{name}" to {", ".join(ROLES)}')
    events = sa.text(
        "select child.relname from pg_inherits join pg_class as child on child.oid = inhrelid "
        "join pg_class as parent on parent.oid = inhparent "
        "where parent.relkind = 'p' and child.relkind = 'r' and child.relnamespace = 'register'::regnamespace"
    )
    for name in connection.scalars(events).all():
        connection.execute(sa.text("select register.share_partition(:name)"), {"name": name})
        if name.endswith("_kept"):
            op.execute(f'grant insert on register."{name}" to retention')
    op.execute("grant select, insert, update, delete on all tables in schema staging to ingest, retention")
    op.execute("grant select on all tables in schema staging to steward")


def _make_roles(connection: sa.Connection) -> None:
    known = connection.execute(
        sa.text(
            "select rolname, rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as more "
            "from pg_roles where rolname = any(:names)"
        ),
        {"names": list(ROLES)},
    ).all()
    if strange := [role.rolname for role in known if role.more]:
        raise Refusal(
            f"PostgreSQL has a role {strange[0]} already, and it is no plain group role.",
            "Rename it, or use a PostgreSQL that is shared with nobody.",
        )
    missing = [role for role in ROLES if role not in {one.rolname for one in known}]
    me = connection.execute(
        sa.text("select rolsuper, rolsuper or rolcreaterole as makes_roles from pg_roles where rolname = current_user")
    ).one()
    if missing and not me.makes_roles:
        raise Refusal("The owner of the database may make no roles, and they are missing.", _REMEDY)
    for role in missing:
        op.execute(MAKE_ROLE.format(role=role))
        if not me.rolsuper:  # so that whoever works as the owner, as before, can take them
            op.execute(f"grant {role} to current_user")


def downgrade() -> None:
    """Goes back. The roles stay, because other databases may use them; in this one they may do nothing any more."""
    ours = ", ".join(ROLES)
    for schema in ("sync", "register", "privacy", "staging"):
        for things in ("tables", "sequences"):
            op.execute(f"revoke all on all {things} in schema {schema} from {ours}")
        op.execute(f"revoke all on schema {schema} from {ours}")
    for name in FUNCTIONS:
        op.execute(f"drop function {name}")
    op.execute("revoke select on public.alembic_version from public")
    for name in op.get_bind().scalars(sa.text("select current_database()")).all():
        op.execute(f'revoke connect, temporary on database "{name}" from {ours}')
