-- Matching persons: which records are to be looked at, by what they are compared, and which two meet.
-- All statements of a run share one transaction, one snapshot and the temporary tables made here.

-- name: unmatched_batches
select batch.id
from sync.batch as batch
where batch.customer_id = :customer_id and batch.status = 'applied'
  and not exists (select from sync.matched_batch as matched where matched.batch_id = batch.id)
order by batch.id

-- name: asked_again
select exists (select from register.match_again where customer_id = :customer_id and record_type = 'person')

-- name: find_touched
-- Person records that came, changed or went since the last run. A merge marks the row of whatever it changes; that a
-- record, or what hangs on it, has gone is told by `match_again`, so that it does not matter who removed it.
create temporary table touched on commit drop as
select record.id as record_id
from sync.source_row as changed
join register.person_record as record using (source_id, key)
where changed.changed_batch = any(:batches)
union
select record_id from register.match_again where customer_id = :customer_id and record_type = 'person'
union
select unnest(cast(:records as bigint[]))

-- name: touch_everything
create temporary table touched on commit drop as
select record.id as record_id from register.person_record as record where record.source_id = any(:sources)
union all
select made.record_id
from register.person_key as made
where made.source_id = any(:sources)
  and not exists (select from register.person_record as record where record.id = made.record_id)

-- name: known_at_least
-- Whether so many records have been matched already; nobody counts the rest.
select count(*) >= :many from (select from register.person_key where source_id = any(:sources) limit :many) as known

-- name: make_keys
-- What the touched records are compared by, where that is not known already. A user name that is a mailbox serves as one
-- where there is no other. Names are folded once for each that there is: `offset 0` lets the planner remember them.
create temporary table key_now on commit drop as
select {columns}
from (
  select
    record.id as record_id, record.customer_id, record.source_id, employment.id as employment_id, account.id as account_id,
    nullif(first.name, '') as first_name,
    last.name as last_name,
    case
      when strpos(first.name, ' ') + strpos(last.name, ' ') > 0 then (
        select string_agg(part, ' ' order by part collate "C")
        from regexp_split_to_table(first.name || ' ' || last.name, ' +') as part
        where part <> ''
      )
      when first.name = '' or last.name = '' then first.name || last.name
      else least(first.name collate "C", last.name) || ' ' || greatest(first.name collate "C", last.name)
    end as name_key,
    case when mailbox.address !~ :role_mailbox then mailbox.address end as email,
    record.work_phone as phone,
    employer.told as employer,
    number.plain as employee_number,
    employer.told || ' ' || number.plain as employee,
    employment.valid_from as employed_from,
    employment.valid_to as employed_to,
    lower(account.username) as username,
    account.idp_issuer || ' ' || account.idp_subject as subject,
    record.origin = 'self_reported' as self_reported,
    row.absent_place is not null as absent,
    made
  from touched
  left join register.person_key as made on made.record_id = touched.record_id
  join register.person_record as record on record.id = touched.record_id
  join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
  left join register.employment as employment
    on employment.source_id = record.source_id and employment.key = record.key
  left join register.account as account on account.source_id = record.source_id and account.key = record.key
  cross join lateral (select {first_name} as name offset 0) as first
  cross join lateral (select {last_name} as name offset 0) as last
  cross join lateral (select case when employment.employer_name is not null then {employer_name} end as name offset 0) as firm
  cross join lateral (
    select lower(coalesce(record.work_email, case when account.username like '%_@_%' then account.username end)) as address
  ) as mailbox
  cross join lateral (
    select case
      when employment.id is null then null
      when employment.employer_business_id is not null then 'id ' || employment.employer_business_id
      when firm.name <> '' then 'name ' || firm.name
      else 'own'
    end as told
  ) as employer
  cross join lateral (select nullif(ltrim(upper(employment.employee_number), '0'), '') as plain) as number
  -- whose processing is restricted (GDPR 18) is compared with nobody
  where not exists (
    select from privacy.restriction as restriction
    where restriction.source_id = record.source_id and restriction.key = record.key and restriction.ended_at is null
  )
) as now
where row({columns}) is distinct from row({made_columns})

-- name: remember_keys
create temporary table key_was on commit drop as
select touched.record_id, {was}
from touched
join register.person_key as made on made.record_id = touched.record_id

-- name: remove_keys
delete from register.person_key as made
using (
  select record_id from key_now
  union all
  select record_id
  from touched
  where not exists (select from register.person_record as record where record.id = touched.record_id)
) as former
where made.record_id = former.record_id

-- name: write_keys
insert into register.person_key ({columns})
select {columns} from key_now

-- name: begin_region
-- The records that are computed anew, and in which round each was found to be concerned.
create temporary table region on commit drop as
select record_id, 0 as round from touched

-- name: begin_near
-- The records that share a key with those of one round, and these themselves.
create temporary table near (record_id bigint primary key) on commit drop

-- name: widen_by_key
-- A key that too many records shared, and now few enough, or the other way round: all of them gain or lose links by it.
insert into region (record_id, round)
select distinct made.record_id, 0
from (
  select value, sum(was) as was, sum(now) as now
  from (
    select was_{key} as value, 1 as was, 0 as now from key_was where was_{key} is not null
    union all
    select {key}, 0, 1 from touched join register.person_key using (record_id) where {key} is not null
  ) as sides
  group by value
  having sum(was) <> sum(now)
) as change
cross join lateral (
  select count(*) as now
  from (
    select from register.person_key where customer_id = :customer_id and {key} = change.value
    limit :most + change.now + 1  -- of a switchboard's number nobody counts the rest
  ) as counted
) as shared
join register.person_key as made on made.customer_id = :customer_id and made.{key} = change.value
where (shared.now <= :most) <> (shared.now + change.was - change.now <= :most)
on conflict do nothing

-- name: widen_by_members
-- Whoever is of one person with a record of the round, or is linked with one in any way.
insert into region (record_id, round)
select other.record_id, :round + 1
from region
join register.golden_member as member on member.record_type = 'person' and member.record_id = region.record_id
join register.golden_member as other on other.record_type = 'person' and other.golden_id = member.golden_id
where region.round = :round
union
select link.record_b, :round + 1
from region
join register.match_link as link
  on link.record_type = 'person' and link.record_a = region.record_id and link.ended_at is null
where region.round = :round
union
select link.record_a, :round + 1
from region
join register.match_link as link
  on link.record_type = 'person' and link.record_b = region.record_id and link.ended_at is null
where region.round = :round
on conflict do nothing

-- name: widen_by_records
insert into region (record_id, round)
select unnest(cast(:records as bigint[])), :round + 1
on conflict do nothing

-- name: find_near
insert into near
with asked as materialized (
  select made.* from region join register.person_key as made using (record_id) where region.round = :round
)
select record_id from region where round = :round
union
{sharers}

-- name: sharers
-- Of a key that is everybody's, one record more than may share it.
select other.record_id
from (select distinct {key} as value from asked where {key} is not null) as shared
cross join lateral (
  select record_id from register.person_key where customer_id = :customer_id and {key} = shared.value limit :most + 1
) as other

-- name: round_of_region
select record_id from region where round = {round}

-- name: keys_of
select {columns} from register.person_key where record_id in (select record_id from {wanted})

-- name: decided_links
select link.record_a as a, link.record_b as b, link.verdict
from region
join register.match_link as link
  on link.record_type = 'person' and link.record_a = region.record_id and link.ended_at is null
where link.decided_by is not null
order by a, b

-- name: mark_matched
insert into sync.matched_batch select unnest(cast(:batches as bigint[]))

-- name: match_again_no_more
delete from register.match_again where customer_id = :customer_id and record_type = :record_type

-- name: companies_are_touched
select exists (select from register.match_again where customer_id = :customer_id and record_type = 'company')
  or exists (
    select
    from sync.batch as batch
    where batch.id = any(:batches)
      and exists (select from register.company_record as record where record.source_id = batch.source_id)
  )

-- name: begin_company_region
create temporary table region on commit drop as
select record.id as record_id from register.company_record as record where record.source_id = any(:sources)
union
select member.record_id
from register.golden_member as member
where member.customer_id = :customer_id and member.record_type = 'company'

-- name: company_keys
-- The oldest first. A Finnish VAT number is a business id written otherwise.
select
  record.id,
  coalesce(
    record.business_id,
    case when record.vat_number ~ '^FI[0-9]{{8}}$'
      then substr(record.vat_number, 3, 7) || '-' || substr(record.vat_number, 10, 1)
    end
  ) as business_id,
  record.vat_number,
  nullif({company_name}, '') || ' ' || coalesce(record.country, '') as name
from register.company_record as record
join sync.source as source on source.id = record.source_id
where record.source_id = any(:sources)
order by record.first_seen, source.name, record.key
