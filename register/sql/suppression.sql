-- Suppression: the list of tokens, and the check of staged rows in the merge transaction.

-- name: find_suppression
select entry.token, entry.kind, entry.key_version, entry.scope, entry.source_id, entry.case_id, entry.created_on
from privacy.suppression as entry
where entry.controller_id = :controller_id and entry.token = any(cast(:tokens as bytea[])) and entry.kind <> 'canary'
  and (entry.source_id is null or entry.source_id = :source_id)
  and not exists (
    select from privacy.suppression_lift as lift
    where lift.controller_id = entry.controller_id and lift.case_id = entry.case_id
      and lift.source_id = :source_id and (lift.kind is null or lift.kind = entry.kind)
      and (lift.scope = 'marketing') = (entry.scope = 'marketing')
  )

-- name: remove_lone_canaries
delete from privacy.suppression as canary
where canary.kind = 'canary' and not exists (
  select from privacy.suppression as entry
  where entry.controller_id = canary.controller_id and entry.kind <> 'canary'
    and entry.key_version <= canary.key_version
)

-- name: forget_digests
-- What is read of a file is no longer what was read of it.
update sync.batch as batch
set digest = null
from sync.source_version as version
where version.id = batch.source_version_id and batch.digest is not null
  and case when :controller_id = 0
    then version.description ->> 'role' = 'controller'
    else version.description ->> 'role' = 'processor' and batch.customer_id = :controller_id
  end

-- name: find_held_persons
-- Keys under which the register holds somebody who was not erased.
select key from register.person_record where source_id = :source_id and key = any(:keys)
union
select key from register.account where source_id = :source_id and key = any(:keys)

-- name: find_held_contacts
-- Keys under which a register of the customer holds somebody who was not erased.
select person.key
from sync.source as source
join register.person_record as person on person.customer_id = source.customer_id
where source.id = :source_id and person.key = any(:keys)

-- name: registers_beside
select beside.name
from sync.source as source
join sync.source as beside on beside.customer_id = source.customer_id
where source.id = :source_id
order by beside.name

-- name: staged_contacts
select row_number, billing_contact from {billing} where billing_contact is not null

-- name: forget_staged_contacts
update {billing} set billing_contact = null where row_number = any(:numbers)

-- name: staged_traits
select staged.row_number, staged.key {chosen}
from {rows} as staged
{joins}
where staged.key is not null

-- name: remove_staged
delete from {table} where row_number = any(:numbers)

-- name: forget_staged_hashes
-- A hash of the whole row would be one of its person; the row is looked at again every night.
update {rows}
set hash = ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16))::bit(64)::bigint
where row_number = any(:numbers)

-- name: remove_quarantined
delete from sync.quarantine where batch_id = :batch_id and row_number = any(:numbers)

-- name: quarantine_staged
update {rows} set state = 'quarantined', bad = null where row_number = any(:numbers)

-- name: find_restricted
select staged.row_number
from privacy.restriction as restriction
join {rows} as staged on staged.key = restriction.key
where restriction.source_id = :source_id and restriction.ended_at is null and staged.state = 'good'

-- name: clear_statistics
-- Also those of a table's partitions, which nobody is told of who may read them through their table alone.
select pg_clear_attribute_stats(space.nspname::text, part.relname::text, field.attname::text, kind.inherited)
from (
  select cast(format('%I.%I', cast(:schema as text), cast(:name as text)) as regclass) as whole
) as named
join pg_class as part on part.oid = named.whole or part.oid in (select relid from pg_partition_tree(named.whole))
join pg_namespace as space on space.oid = part.relnamespace
join pg_attribute as field on field.attrelid = part.oid and field.attnum > 0 and not field.attisdropped
cross join (values (false), (true)) as kind(inherited)

-- name: remove_old_cases
delete from privacy.subject_case
where privacy.expires_on(privacy.local_date(done_at), :months, :days) <= :business_date

-- name: remove_old_restrictions
delete from privacy.restriction
where privacy.expires_on(privacy.local_date(ended_at), :months, :days) <= :business_date

-- name: remove_old_lifts
-- One that keeps a token from counting in one source lives as long as the token.
delete from privacy.suppression_lift as lift
where privacy.expires_on(privacy.local_date(lifted_at), :months, :days) <= :business_date
  and not exists (
    select from privacy.suppression as entry
    where entry.controller_id = lift.controller_id and entry.case_id = lift.case_id
  )

-- name: let_suppression_expire
-- A list is needed as long as any register is delivered to which it applies: our own, as long as any register of which
-- MDO Group is the controller is, whoever's it is. A register ends with its customer or with the last day of its
-- description. One that is delivered again keeps its list.
with delivered as (
  select source.id as source_id,
    case when latest.role = 'processor' then source.customer_id else 0 end as controller_id,
    least(gone.ends_on, latest.last_day) as last_day
  from sync.source as source
  join lateral (
    select version.description ->> 'role' as role, (version.description -> 'valid' ->> 'to')::date as last_day
    from sync.source_version as version
    where version.source_id = source.id
    order by version.id desc
    limit 1
  ) as latest on true
  left join privacy.customer_end as gone on gone.customer_id = source.customer_id and {sure}
), ended as (
  select controller_id, cast(null as integer) as source_id,
    case when bool_and(last_day is not null) then max(last_day) end as last_day
  from delivered
  group by controller_id
  union all
  select gone.customer_id, null, gone.ends_on
  from privacy.customer_end as gone
  where {sure} and not exists (select from delivered where delivered.controller_id = gone.customer_id)
  union all
  select null, source_id, last_day from delivered
)
update privacy.suppression as entry
set expires_on = privacy.expires_on(ended.last_day, :months, :days)
from ended
where entry.kind <> 'canary'
  and case when entry.source_id is null
    then ended.source_id is null and ended.controller_id = entry.controller_id
    else ended.source_id = entry.source_id
  end
  and entry.expires_on is distinct from privacy.expires_on(ended.last_day, :months, :days)

-- name: forget_entries
-- Backups older than that are not restored. The newest one stays: by it the database knows its ledger.
delete from privacy.ledger_entry
where privacy.expires_on(privacy.local_date(noted_at), :months, :days) <= :business_date
  and sequence < (select max(sequence) from privacy.ledger_entry)

-- name: count_suppressed
select entry.controller_id, entry.case_id, entry.scope, count(*) as tokens, min(entry.created_on) as created_on,
  max(entry.expires_on) as expires_on,
  privacy.expires_on(greatest(min(entry.created_on), max(looked.reviewed_on)), :months, :days) - 1 as review_on
from privacy.suppression as entry
left join (
  select controller_id, case_id, privacy.local_date(max(done_at)) as reviewed_on
  from privacy.subject_case
  where action = 'review'
  group by controller_id, case_id
) as looked using (controller_id, case_id)
where entry.kind <> 'canary'
group by entry.controller_id, entry.case_id, entry.scope
order by entry.controller_id, min(entry.created_on), entry.case_id, entry.scope
