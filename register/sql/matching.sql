-- Matching persons: which records are to be looked at, by what they are compared, and which two meet.
-- All statements of a run share one transaction, one snapshot and the temporary tables made here.

-- name: unmatched_batches
create temporary table new_batch on commit drop as
select batch.id
from sync.batch as batch
where batch.customer_id = :customer_id and batch.status = 'applied'
  and not exists (select from sync.matched_batch as matched where matched.batch_id = batch.id)

-- name: find_touched
-- Person records that came, changed or went since the last run. That a record, or what hangs on it, has gone is seen by
-- its key row alone, so that it does not matter who removed it.
create temporary table touched on commit drop as
select record.id as record_id
from register.person_record as record
where record.source_id = any(:sources) and :everything
union
select record.id
from register.person_record as record
where record.source_id = any(:sources) and record.changed_batch in (select id from new_batch)
union
select record.id
from register.employment as changed
join register.person_record as record using (source_id, key)
where changed.source_id = any(:sources) and changed.changed_batch in (select id from new_batch)
union
select record.id
from register.account as changed
join register.person_record as record using (source_id, key)
where changed.source_id = any(:sources) and changed.changed_batch in (select id from new_batch)
union
select record.id
from sync.source_row as changed
join register.person_record as record using (source_id, key)
where changed.source_id = any(:sources) and changed.changed_batch in (select id from new_batch)
union
select record.id
from register.person_record as record
where record.source_id = any(:sources)
  and not exists (select from register.person_key as made where made.record_id = record.id)
  and not exists (
    select from privacy.restriction as restriction
    where restriction.source_id = record.source_id and restriction.key = record.key and restriction.ended_at is null
  )
union
select made.record_id
from register.person_key as made
where made.source_id = any(:sources)
  and (
    not exists (select from register.person_record as record where record.id = made.record_id)
    or made.employment_id is not null
      and not exists (select from register.employment as held where held.id = made.employment_id)
    or made.account_id is not null
      and not exists (select from register.account as held where held.id = made.account_id)
  )
union
select unnest(cast(:records as bigint[]))

-- name: all_are_touched
select not exists (
  select from register.person_record as record
  where record.source_id = any(:sources)
    and not exists (select from touched where touched.record_id = record.id)
)

-- name: make_keys
-- What the touched records are compared by now. A user name that is a mailbox serves as one where there is no other.
create temporary table key_now on commit drop as
select
  record.id as record_id, record.customer_id, record.source_id, employment.id as employment_id, account.id as account_id,
  nullif({first_name}, '') as first_name,
  {last_name} as last_name,
  (
    select coalesce(string_agg(part, ' ' order by part collate "C"), '')
    from regexp_split_to_table({whole_name}, ' +') as part
    where part <> ''
  ) as name_key,
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
  row.absent_place is not null as absent
from touched
join register.person_record as record on record.id = touched.record_id
join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
left join register.employment as employment
  on employment.source_id = record.source_id and employment.key = record.key
left join register.account as account on account.source_id = record.source_id and account.key = record.key
cross join lateral (
  select lower(coalesce(record.work_email, case when account.username like '%_@_%' then account.username end)) as address
) as mailbox
cross join lateral (
  select case
    when employment.id is null then null
    when employment.employer_business_id is not null then 'id ' || employment.employer_business_id
    when {employer_name} <> '' then 'name ' || {employer_name}
    else 'own'
  end as told
) as employer
cross join lateral (select nullif(ltrim(upper(employment.employee_number), '0'), '') as plain) as number
-- whose processing is restricted (GDPR 18) is compared with nobody
where not exists (
  select from privacy.restriction as restriction
  where restriction.source_id = record.source_id and restriction.key = record.key and restriction.ended_at is null
)

-- name: find_changed_keys
create temporary table key_change on commit drop as
select touched.record_id, {was}, {now}
from touched
left join register.person_key as made on made.record_id = touched.record_id
left join key_now as now on now.record_id = touched.record_id
where row({made_columns}) is distinct from row({now_columns})

-- name: remove_keys
delete from register.person_key as made
using key_change as change
where made.record_id = change.record_id

-- name: write_keys
insert into register.person_key ({columns})
select {columns} from key_now where record_id in (select record_id from key_change)

-- name: begin_region
-- The records that are computed anew (region), and those of them that have not been compared yet (frontier).
create temporary table region on commit drop as
select record_id, false as done from touched

-- name: widen_by_key
-- A key that more, or no more, than so many records share since this change: each of them may gain or lose links by it.
insert into region (record_id, done)
select made.record_id, false
from (
  select value, sum(was) as was, sum(now) as now
  from (
    select was_{key} as value, 1 as was, 0 as now from key_change where was_{key} is not null
    union all
    select now_{key}, 0, 1 from key_change where now_{key} is not null
  ) as sides
  group by value
) as change
join lateral (
  select count(*) as now from register.person_key where customer_id = :customer_id and {key} = change.value
) as shared on true
join register.person_key as made on made.customer_id = :customer_id and made.{key} = change.value
where shared.now <= :most or shared.now + change.was - change.now <= :most

-- name: widen_by_members
-- Whoever is of one person with a record of the region, or is linked with one in any way.
insert into region (record_id, done)
select other.record_id, false
from region
join register.golden_member as member on member.record_type = 'person' and member.record_id = region.record_id
join register.golden_member as other on other.record_type = 'person' and other.golden_id = member.golden_id
union
select link.record_b, false
from region
join register.match_link as link
  on link.record_type = 'person' and link.record_a = region.record_id and link.ended_at is null
union
select link.record_a, false
from region
join register.match_link as link
  on link.record_type = 'person' and link.record_b = region.record_id and link.ended_at is null

-- name: widen_by_records
insert into region (record_id, done)
select unnest(cast(:records as bigint[])), false

-- name: begin_frontier
create temporary table frontier (record_id bigint primary key) on commit drop

-- name: begin_pairs
create temporary table pair (a bigint, b bigint) on commit drop

-- name: fill_frontier
insert into frontier select record_id from region group by record_id having not bool_or(done)

-- name: settle_region
update region set done = true where not done

-- name: keys_of_frontier
{key} in (select asked.{key} from frontier join register.person_key as asked using (record_id))

-- name: find_pairs
-- Two records that share a key which is not everybody's.
insert into pair
select distinct least(mine.record_id, other.record_id), greatest(mine.record_id, other.record_id)
from (
  select {key} as value
  from register.person_key
  where customer_id = :customer_id and {key} is not null and {concerned}
  group by {key}
  having count(*) between 2 and :most
) as shared
join register.person_key as mine on mine.customer_id = :customer_id and mine.{key} = shared.value
join frontier on frontier.record_id = mine.record_id
join register.person_key as other
  on other.customer_id = :customer_id and other.{key} = shared.value and other.record_id <> mine.record_id

-- name: pairs
select distinct a, b from pair order by a, b

-- name: keys_of_pairs
select {columns} from register.person_key
where record_id in (select a from pair union select b from pair)
order by record_id

-- name: decided_links
select record_a as a, record_b as b, verdict
from register.match_link
where record_type = 'person' and customer_id = :customer_id and ended_at is null and decided_by is not null
order by record_a, record_b

-- name: mark_matched
insert into sync.matched_batch select id from new_batch

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
