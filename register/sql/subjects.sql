-- Data subjects: whose rows a request is about, and what goes with them. `subject_row` lives as long as the transaction.

-- name: begin_subject_rows
create temporary table subject_row (source_id integer, key text, primary key (source_id, key)) on commit drop

-- name: find_subject_rows
insert into subject_row (source_id, key)
select source_id, key from register.person_record where work_email = any(:emails) or work_phone = any(:phones)
union
select source_id, key from register.account where lower(username) = any(:usernames) or lower(username) = any(:emails)
union
select source_id, key from register.person_record where key = any(:keys)
union
select source_id, key from register.account where key = any(:keys) or user_id = any(:keys)
union
-- known from quarantine alone: rows of registers whose rows are persons'
select held.source_id, held.key
from sync.source_row as held
where held.key = any(:keys) and not held.imported
on conflict do nothing

-- name: add_golden_rows
insert into subject_row (source_id, key)
select record.source_id, record.key
from register.golden_member as member
join register.person_record as record on record.id = member.record_id
where member.record_type = 'person' and member.golden_id = :id
on conflict (source_id, key) do update set key = excluded.key

-- name: add_record_rows
insert into subject_row (source_id, key)
select source_id, key from register.person_record where id = :id
on conflict (source_id, key) do update set key = excluded.key

-- name: extend_subject_rows
-- A login that is a mailbox of a role or of several people is nobody's in particular.
with record as (
  select person.id, person.customer_id, person.work_email from subject_row join register.person_record as person using (source_id, key)
), login as (
  select account.* from subject_row join register.account as account using (source_id, key)
), found as (
  select other.source_id, other.key
  from record
  join register.golden_member as mine on mine.record_type = 'person' and mine.record_id = record.id
  join register.golden_member as member on member.record_type = 'person' and member.golden_id = mine.golden_id
  join register.person_record as other on other.id = member.record_id
  union
  select other.source_id, other.key
  from login
  join register.account as other on other.customer_id = login.customer_id
    and (
      lower(other.username) = lower(login.username)
      or (other.idp_issuer, other.idp_subject) = (login.idp_issuer, login.idp_subject)
      or other.user_id = login.user_id
    )
  union
  select other.source_id, other.key
  from record
  join register.account as other on other.customer_id = record.customer_id and lower(other.username) = record.work_email
  where record.work_email !~ :roles and 2 > (
    select count(*)
    from register.person_record as also
    where also.work_email = record.work_email and not exists (
      select from subject_row where subject_row.source_id = also.source_id and subject_row.key = also.key
    )
  )
)
insert into subject_row (source_id, key)
select source_id, key from found
on conflict do nothing

-- name: keep_subject_source
delete from subject_row using sync.source as source
where source.id = subject_row.source_id and source.name <> :source

-- name: name_subjects
-- What the rows that were found call their persons; of those that hold none, whose register they are of.
select source.customer_id, coalesce(member.golden_id, -person.id) as person, person.last_name, person.first_name
from subject_row
join sync.source as source on source.id = subject_row.source_id
left join register.person_record as person
  on person.source_id = subject_row.source_id and person.key = subject_row.key
left join register.golden_member as member on member.record_type = 'person' and member.record_id = person.id

-- name: list_subjects
with row as (
  select subject_row.source_id, subject_row.key, source.name as source, customer.name as customer,
    person.id as record_id,
    coalesce(member.golden_id, -person.id) as person
  from subject_row
  join sync.source as source on source.id = subject_row.source_id
  join sync.customer as customer on customer.id = source.customer_id
  left join register.person_record as person
    on person.source_id = subject_row.source_id and person.key = subject_row.key
  left join register.golden_member as member on member.record_type = 'person' and member.record_id = person.id
), counted as (
  select customer, person, source, count(*) as rows, array_agg(record_id) filter (where record_id is not null) as records
  from row group by customer, person, source
)
select
  customer, case when person > 0 then person end as golden_id,
  coalesce(
    (select array_agg(id order by id) from counted as mine, unnest(mine.records) as id
     where mine.customer = counted.customer and mine.person is not distinct from counted.person), array[]::bigint[]
  ) as records,
  jsonb_object_agg(source, rows) as rows
from counted
group by customer, person
order by customer, person nulls last

-- name: doom_subjects
insert into doomed (record_type, record_id, source_id, key)
select '{record_type}', held.id, held.source_id, held.key
from subject_row
join {table} as held using (source_id, key)
on conflict do nothing

-- name: doom_sole_traders
-- The company of a sole trader is the person (RS-26), and with it how it is billed.
insert into doomed (record_type, record_id, source_id, key)
select 'company', held.id, held.source_id, held.key
from subject_row
join register.company_record as held using (source_id, key)
where held.is_sole_trader
on conflict do nothing

-- name: doom_sole_traders_billing
insert into doomed (record_type, record_id, source_id, key)
select 'billing', billing.id, billing.source_id, billing.key
from doomed
join register.company_record as company on company.id = doomed.record_id
join register.billing as billing on billing.source_id = company.source_id and billing.key = company.key
where doomed.record_type = 'company'
on conflict do nothing

-- name: doom_subject_keys
insert into doomed_key (source_id, key) select source_id, key from subject_row

-- name: spare_processed
-- What we process for a customer goes on his instruction alone (GDPR 28(3)(a)).
delete from doomed
using {table} as held
where doomed.record_type = '{record_type}' and held.id = doomed.record_id
  and held.processing_role = 'processor' and not held.customer_id = any(cast(:instructed as integer[]))
returning doomed.record_type, doomed.record_id

-- name: spare_other_lists
-- A list covers what its controller decides on, and nothing else.
delete from doomed
using {table} as held
where doomed.record_type = '{record_type}' and held.id = doomed.record_id
  and case when :controller_id = 0
    then held.processing_role <> 'controller'
    else held.processing_role <> 'processor' or held.customer_id <> :controller_id
  end

-- name: spare_proofs
-- A reminder of a claim that is still open is the proof that its limitation was interrupted (728/2003 10 §).
delete from doomed
using register.message as message
where doomed.record_type = 'message' and message.id = doomed.record_id and exists (
  select from register.invoice as invoice
  join register.collection as collection using (source_id, key)
  where invoice.customer_id = message.customer_id and invoice.invoice_no = message.related_invoice_no
    and collection.closed_on is null
    and collection.collection_status in ('open', 'reminded', 'in_collection', 'disputed')
)
returning doomed.record_id

-- name: find_vouchers
-- Invoices of a sole trader who goes: vouchers of our books, and claims while they are open.
select invoice.id, coalesce(
  collection.closed_on is null and collection.collection_status in ('open', 'reminded', 'in_collection', 'disputed'), false
) as open
from doomed
join register.company_record as company on company.id = doomed.record_id
join register.invoice as invoice on invoice.customer_id = company.customer_id
  and (invoice.company_business_id = company.business_id or invoice.company_name = company.company_name)
left join register.collection as collection on collection.source_id = invoice.source_id and collection.key = invoice.key
where doomed.record_type = 'company'
order by invoice.id

-- name: subject_traits
-- What the doomed records say of their persons: of this alone tokens are made.
with row as (
  select distinct source_id, key from (
    select source_id, key from doomed where record_type in ('person', 'account')
    union all
    select source_id, key from doomed_key
  ) as every
)
{traits}

-- name: register_traits
-- What the register says of every person of one source.
with row as (
  select source_id, key from register.person_record where source_id = :source_id
  union
  select source_id, key from register.account where source_id = :source_id
  union
  select source_id, key from sync.source_row where source_id = :source_id and not imported
)
{traits}

-- name: traits_of_rows
-- A fragment: what the register says of the persons of ``row``.
select
  row.source_id, source.name as source, customer.name as customer, source.customer_id, row.key,
  coalesce(person.processing_role, account.processing_role, latest.role, 'controller') as role,
  person.id is not null or account.id is not null as held,
  -- a row with a company, which stays, is the company's
  not exists (
    select from register.company_record as company
    where company.source_id = row.source_id and company.key = row.key and company.is_sole_trader is not true
  ) and not exists (
    select from register.contract as contract where contract.source_id = row.source_id and contract.key = row.key
  ) as whole,
  person.last_name, person.first_name, person.work_email, person.work_phone,
  employment.employer_name, employment.employer_business_id,
  account.username, account.idp_issuer, account.idp_subject, account.user_id
from row
join sync.source as source on source.id = row.source_id
join sync.customer as customer on customer.id = source.customer_id
left join lateral (
  select version.description ->> 'role' as role from sync.source_version as version
  where version.source_id = row.source_id order by version.id desc limit 1
) as latest on true
left join register.person_record as person on person.source_id = row.source_id and person.key = row.key
left join register.employment as employment on employment.source_id = row.source_id and employment.key = row.key
left join register.account as account on account.source_id = row.source_id and account.key = row.key
order by row.source_id, row.key

-- name: shared_by_many
-- Mailboxes and numbers that two or more others have as well are nobody's own (MIN-19).
select '{field}' as field, {field} as value
from register.person_record
where {field} = any(:values)
  and not exists (select from doomed where doomed.record_type = 'person' and doomed.record_id = person_record.id)
group by {field}
having count(*) >= 2

-- name: add_subject_rows
insert into subject_row (source_id, key)
select :source_id, key from unnest(cast(:keys as text[])) as key
on conflict do nothing

-- name: restricted_rows
select source.name as source, customer.name as customer, source.customer_id,
  coalesce(person.processing_role, account.processing_role, 'controller') as role, subject_row.key
from subject_row
join sync.source as source on source.id = subject_row.source_id
join sync.customer as customer on customer.id = source.customer_id
left join register.person_record as person
  on person.source_id = subject_row.source_id and person.key = subject_row.key
left join register.account as account
  on account.source_id = subject_row.source_id and account.key = subject_row.key

-- name: forget_hashes_of_companies
-- Of those whose billing contact goes: their rows are looked at again, so that no copy of a file keeps his key.
update sync.source_row as held
set hash = null
from doomed
join register.person_record as person on person.id = doomed.record_id
join register.billing as billing on billing.customer_id = person.customer_id and billing.billing_contact = person.key
where doomed.record_type = 'person' and held.source_id = billing.source_id and held.key = billing.key

-- name: forget_restrictions
-- Of rows of which a person is left (for the law, or for want of an instruction) the restriction stays.
delete from privacy.restriction as held
using subject_row as row
where held.source_id = row.source_id and held.key = row.key
  and not exists (
    select from register.person_record as person where person.source_id = held.source_id and person.key = held.key
  )
  and not exists (
    select from register.account as account where account.source_id = held.source_id and account.key = held.key
  )

-- name: restrict_subject_rows
insert into privacy.restriction (customer_id, source_id, key, case_id, actor_id)
select source.customer_id, subject_row.source_id, subject_row.key, :case, :actor
from subject_row join sync.source as source on source.id = subject_row.source_id
on conflict do nothing

-- name: restrict_keys
insert into privacy.restriction (customer_id, source_id, key, case_id)
select source.customer_id, source.id, key, :case
from sync.source as source, unnest(cast(:keys as text[])) as key
where source.id = :source_id
on conflict do nothing

-- name: keys_of_persons
select key from register.person_record where source_id = :source_id
union
select key from register.account where source_id = :source_id

-- name: forget_restricted_keys
-- By these matching would bring others together with them.
delete from register.person_key as made
using register.person_record as record, privacy.restriction as restriction
where restriction.case_id = :case and restriction.ended_at is null
  and record.source_id = restriction.source_id and record.key = restriction.key and made.record_id = record.id

-- name: match_restricted_again
-- Whose restriction begins or ends is a person of its own, or is compared again.
insert into register.match_again (customer_id, record_type, record_id)
select record.customer_id, 'person', record.id
from privacy.restriction as restriction
join register.person_record as record on record.source_id = restriction.source_id and record.key = restriction.key
where restriction.case_id = :case and restriction.ended_at is null

-- name: controllers_of_restrictions
select distinct case when coalesce(person.processing_role, account.processing_role, 'controller') = 'processor'
  then restriction.customer_id else 0 end
from privacy.restriction as restriction
left join register.person_record as person
  on person.source_id = restriction.source_id and person.key = restriction.key
left join register.account as account
  on account.source_id = restriction.source_id and account.key = restriction.key
where restriction.case_id = :case and restriction.ended_at is null
order by 1

-- name: switch_marketing_off
update register.marketing_choice as choice
set consent_at = null,
  objection_at = coalesce(choice.objection_at, cast(:on as date)::timestamp at time zone 'Europe/Helsinki')
from subject_row
where choice.source_id = subject_row.source_id and choice.key = subject_row.key

-- name: row_is_held
-- A fragment: whether a hold covers the record `event`.
exists (
  select from held_row where held_row.source_id = event.source_id and (held_row.key is null or held_row.key = event.key)
)

-- name: spare_held
delete from doomed
using {table} as event
where doomed.record_type = '{record_type}' and doomed.record_id = event.id and ({stays})
returning doomed.record_id

-- name: keep_users_of_actions
-- An action that stays keeps its user: whose it is, its controller decides.
delete from doomed_user as gone
using privacy.action_pseudonym as known
join register.action as event on event.customer_id = known.customer_id and event.user_id = known.pseudonym
where known.customer_id = gone.customer_id and known.user_id = gone.user_id
  and not exists (select from doomed where doomed.record_type = 'action' and doomed.record_id = event.id)

-- name: users_without_account
-- Of whom there are events and no account any more.
select customer.id as customer_id, customer.name as customer, event.user_id
from (
  select customer_id, user_id from register.location
  union
  select customer_id, user_id from register.message
  union
  select customer_id, user_id from privacy.action_pseudonym
) as event
join sync.customer as customer on customer.id = event.customer_id
where (cast(:customers as integer[]) is null or event.customer_id = any(:customers))
  and not exists (
    select from register.account as account
    where account.customer_id = event.customer_id and account.user_id = event.user_id
  )
