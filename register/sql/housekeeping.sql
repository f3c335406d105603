-- What the pipeline itself leaves behind: landed copies, quarantine, staging, evidence of runs, persons who decide.

-- name: landed_expires
-- A fragment: a source may ask for less than the policy, and a policy made shorter holds for what is there.
least(held.expires_on, privacy.expires_on(privacy.local_date(batch.as_of), :months, :days))

-- name: quarantine_expires
-- A fragment.
least(held.expires_on, privacy.expires_on(batch.business_date, :months, :days))

-- name: due_held_back
from {table} as held
join sync.batch as batch on batch.id = held.batch_id
where {expires} <= :business_date

-- name: count_held_back
select count(*) as rows, min(batch.business_date) as first_day, max(batch.business_date) as last_day {due}

-- name: count_held_back_ahead
select {expires} as due_on, count(*) as rows {due} group by 1

-- name: remove_landed
delete from sync.landed where (batch_id, part) in (select held.batch_id, held.part {due} limit :most)

-- name: remove_quarantine
delete from sync.quarantine where id in (select held.id {due} limit :most)

-- name: staging_over
-- Of the batches that have staging tables, those past it; one that nobody knows any more, too.
select asked.id, batch.business_date
from unnest(cast(:ids as bigint[])) as asked (id)
left join sync.batch as batch on batch.id = asked.id
where batch.id is null or privacy.expires_on(batch.business_date, :months, :days) <= :business_date
order by asked.id

-- name: find_old_batches
create temporary table old_batch on commit drop as
select batch.id, batch.business_date
from sync.batch as batch
where privacy.expires_on(batch.business_date, :months, :days) <= :business_date
  and exists (
    select from sync.batch as newer
    where newer.source_id = batch.source_id and newer.status = 'applied' and newer.place > batch.place
  )

-- name: keep_referred_batches
-- Where a record still says that it came with it, or absence is told by it, a batch is kept.
delete from old_batch as old using {table} as held where held.{column} = old.id

-- name: keep_last_coverage
delete from old_batch as old
using (select distinct on (source_id, scope) batch_id from sync.coverage order by source_id, scope, place desc) as newest
where newest.batch_id = old.id

-- name: remove_of_old_batches
delete from {table} as held using old_batch as old where held.{column} = old.id

-- name: count_old_batches
select count(*) as rows, min(business_date) as first_day, max(business_date) as last_day from old_batch

-- name: remove_old_versions
delete from sync.source_version as version
where privacy.expires_on(privacy.local_date(version.first_used_at), :months, :days) <= :business_date
  and not exists (select from sync.batch where batch.source_version_id = version.id)
  and exists (
    select from sync.source_version as newer where newer.source_id = version.source_id and newer.id > version.id
  )

-- name: remove_old_source_decisions
delete from sync.source_decision
where privacy.expires_on(privacy.local_date(decided_at), :months, :days) <= :business_date

-- name: remove_old_holds
delete from privacy.hold where privacy.expires_on(ended_on, :months, :days) <= :business_date

-- name: remove_old_held_deletions
delete from privacy.held_deletion where privacy.expires_on(done_on, :months, :days) <= :business_date

-- name: remove_old_policies
delete from privacy.policy_version
where version <> :version
  and privacy.expires_on(coalesce(applied_on, planned_on), :months, :days) <= :business_date

-- name: remove_old_documents
delete from privacy.document where privacy.expires_on(privacy.local_date(made_at), :months, :days) <= :business_date

-- name: remove_old_scans
delete from sync.scan where privacy.expires_on(business_date, :months, :days) <= :business_date

-- name: remove_old_fills
delete from sync.field_fill where privacy.expires_on(business_date, :months, :days) <= :business_date

-- name: evidence_partitions
select substring(child.relname from '[0-9]{{4}}$')::integer as year
from pg_inherits join pg_class as child on child.oid = pg_inherits.inhrelid
where pg_inherits.inhparent = 'privacy.evidence'::regclass
order by child.relname

-- name: due_actors
-- A person whom a kept decision names is kept as long as it.
select actor.id, actor.valid_to, {named} as named
from privacy.actor as actor
where privacy.expires_on(actor.valid_to, :months, :days) <= :business_date

-- name: remove_actors
delete from privacy.actor where id = any(:ids)

-- name: remove_old_years
delete from privacy.financial_year as year
where privacy.expires_on(year.last_day, :months, :days) <= :business_date
  and not exists (
    select from register.invoice as invoice where invoice.posting_date between year.first_day and year.last_day
  )
