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
      and lift.lifted_at::date >= entry.created_on
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
select pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited)
from pg_stats
where schemaname = :schema and tablename = :name

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
-- A list is needed as long as any register is delivered to which it applies.
update privacy.suppression as entry
set expires_on = privacy.expires_on(gone.ends_on, :months, :days)
from privacy.customer_end as gone
where entry.kind <> 'canary' and entry.expires_on is null and (
  entry.controller_id = gone.customer_id
  or entry.source_id in (select id from sync.source where source.customer_id = gone.customer_id)
)

-- name: forget_entries
-- Backups older than that are not restored. The newest one stays: by it the database knows its ledger.
delete from privacy.ledger_entry
where privacy.expires_on(privacy.local_date(noted_at), :months, :days) <= :business_date
  and sequence < (select max(sequence) from privacy.ledger_entry)

-- name: count_suppressed
select controller_id, case_id, scope, count(*) as tokens, min(created_on) as created_on, max(expires_on) as expires_on
from privacy.suppression
where kind <> 'canary'
group by controller_id, case_id, scope
order by controller_id, min(created_on), case_id, scope
