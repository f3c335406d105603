-- What the register holds and should not: findings of scans, empty fields, orphaned persons, locations.

-- name: unscanned_batches
create temporary table scan_batch on commit drop as
select id from sync.batch
where status = 'applied' and (:whole or id not in (select batch_id from sync.scanned_batch))

-- name: last_whole_scan
select max(business_date) from sync.scan where whole and finished_at is not null and detectors = :detectors

-- name: scan_chunk
-- Given to COPY by the driver: %(after)s and %(size)s are bound by it.
copy (
  select record.id, record.customer_id, record.source_id, {columns}
  from {table} as record
  where record.id > %(after)s {changed}
  order by record.id
  limit %(size)s
) to stdout (format csv)

-- name: begin_findings
create temporary table scan_found (
  customer_id integer, source_id integer, record_id bigint, field text, rule text
) on commit drop

-- name: forget_findings
-- What a scan of the same records did not find again, and what was in records that have gone.
delete from sync.scan_finding as finding
where finding.record_type = :record_type
  and not exists (
    select from scan_found as found
    where (found.record_id, found.field, found.rule) = (finding.record_id, finding.field, finding.rule)
  )
  and (
    :whole
    or exists (
      select from {table} as record
      where record.id = finding.record_id and record.changed_batch in (select id from scan_batch)
    )
    or not exists (select from {table} as record where record.id = finding.record_id)
  )

-- name: keep_findings
insert into sync.scan_finding (customer_id, source_id, record_type, record_id, field, rule, found_on)
select distinct customer_id, source_id, :record_type, record_id, field, rule, cast(:on as date)
from scan_found
on conflict do nothing

-- name: count_fill
insert into sync.field_fill (business_date, source_id, record_type, field, records, filled)
select :on, counted.source_id, :record_type, field.name, counted.records, field.filled
from (select source_id, count(*) as records, {counts} from {table} group by source_id) as counted
cross join lateral (values {named}) as field (name, filled)
on conflict (source_id, record_type, field, business_date)
do update set records = excluded.records, filled = excluded.filled

-- name: mark_scanned
insert into sync.scanned_batch (batch_id) select unnest(cast(:batches as bigint[])) on conflict do nothing

-- name: scan_findings
select
  source.name as source, finding.record_type, finding.field, finding.rule, count(*) as records,
  min(finding.found_on) as since, (array_agg(finding.record_id order by finding.record_id))[1:5] as some
from sync.scan_finding as finding
join sync.source on source.id = finding.source_id
group by source.name, finding.record_type, finding.field, finding.rule
order by count(*) desc, source.name, finding.record_type, finding.field, finding.rule

-- name: empty_fields
-- Fields filled in less than one record of a hundred in every count of the last 90 days, the first of which is as old.
select source.name as source, fill.record_type, fill.field, max(fill.records) as records, max(fill.filled) as filled
from sync.field_fill as fill
join sync.source on source.id = fill.source_id
where fill.business_date between cast(:on as date) - 97 and :on
group by source.name, fill.record_type, fill.field
having bool_and(fill.filled < :share * fill.records) and min(fill.business_date) <= cast(:on as date) - 90
order by source.name, fill.record_type, fill.field

-- name: orphans
-- Persons whose relation has ended in every record, and whom no account, consent or open claim keeps (MIN-15).
with membership as (
  select
    record.id, coalesce(member.golden_id, -record.id) as person, record.retention_trigger,
    coalesce(held.absent_since, case when work.until <= :on then work.until end) as ended_on,
    exists (
      select from register.account
      where (account.source_id, account.key) = (record.source_id, record.key)
        and account.closed_at is null and held.absent_since is null
    ) or exists (
      select from register.marketing_choice as choice
      where (choice.source_id, choice.key) = (record.source_id, record.key)
        and choice.consent_at is not null and choice.objection_at is null
    ) or exists (
      select from register.billing
      join register.company_record as company
        on (company.source_id, company.key) = (billing.source_id, billing.key)
      join register.invoice
        on invoice.customer_id = billing.customer_id and invoice.company_business_id = company.business_id
      join register.collection
        on (collection.source_id, collection.key) = (invoice.source_id, invoice.key)
      where billing.customer_id = record.customer_id and billing.billing_contact = record.key
        and collection.closed_on is null
    ) as kept
  from register.person_record as record
  left join register.golden_member as member on member.record_type = 'person' and member.record_id = record.id
  left join sync.source_row as held on (held.source_id, held.key) = (record.source_id, record.key)
  left join lateral (
    select max(coalesce(employment.valid_to, 'infinity'::date)) as until
    from register.employment
    where (employment.source_id, employment.key) = (record.source_id, record.key)
  ) as work on true
), orphan as (
  select
    person, max(ended_on) as ended_on, min(id) as record,
    bool_or(retention_trigger is not null) as marked
  from membership
  group by person
  having bool_and(ended_on is not null) and not bool_or(kept)
)
select
  count(*) as persons,
  count(*) filter (where not marked and ended_on < cast(:on as date) - :patience) as unmarked,
  (array_agg(record order by record) filter (where not marked and ended_on < cast(:on as date) - :patience))[1:5] as some
from orphan

-- name: locations
-- Points that are finer or older than they may be (MIN-16, R5).
select
  count(*) as points,
  count(*) filter (
    where observed_at < :precise_until and (latitude <> round(latitude, 2) or longitude <> round(longitude, 2))
      or observed_at < :placed_until and latitude is not null
  ) as too_fine,
  count(*) filter (where observed_at < :kept_until) as too_old,
  count(*) filter (where accuracy_m < :accuracy and trigger_code <> 'emergency') as too_exact
from register.location

-- name: shared_mailboxes
-- Mailboxes that are nobody's own, by their name or because several persons have them (MIN-19).
select
  count(*) filter (where role) as role,
  count(*) filter (where not role and persons >= :persons) as shared
from (
  select
    record.work_email, record.work_email ~ :role_mailbox as role,
    count(distinct coalesce(member.golden_id, -record.id)) as persons
  from register.person_record as record
  left join register.golden_member as member on member.record_type = 'person' and member.record_id = record.id
  where record.work_email is not null
  group by record.customer_id, record.work_email
) as mailbox
