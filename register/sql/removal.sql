-- Removing records with everything that hangs on them. The temporary tables made here live as long as the transaction.

-- name: begin_doomed
create temporary table doomed (
  record_type text, record_id bigint, primary key (record_type, record_id)
) on commit drop

-- name: begin_doomed_key
-- Keys of source rows that are to go, unless a record of theirs stays.
create temporary table doomed_key (source_id integer, key text, primary key (source_id, key)) on commit drop

-- name: doom_hanging
-- What another record of the same row hangs on.
insert into doomed (record_type, record_id)
select '{record_type}', hanging.id
from doomed
join {on_table} as held on held.id = doomed.record_id
join {table} as hanging on hanging.source_id = held.source_id and hanging.key = held.key
where doomed.record_type = '{on_type}' and {condition}
on conflict do nothing

-- name: begin_doomed_row
create temporary table doomed_row (record_type text, source_id integer, key text) on commit drop

-- name: find_doomed_rows
insert into doomed_row (record_type, source_id, key)
select '{record_type}', held.source_id, held.key
from doomed join {table} as held on held.id = doomed.record_id
where doomed.record_type = '{record_type}'

-- name: key_doomed_rows
insert into doomed_key (source_id, key)
select distinct source_id, key from doomed_row
on conflict do nothing

-- name: remove_hanging
-- Once through the table, where `doom_hanging` and `remove_doomed_records` take two.
with gone as (
  delete from {table} as held
  using doomed_row as doomed
  where doomed.record_type = '{on_type}' and held.source_id = doomed.source_id and held.key = doomed.key
  returning held.id
), changes as (
  delete from sync.field_change as change using gone
  where change.record_type = '{record_type}' and change.record_id = gone.id
  returning 1
)
select (select count(*) from gone) as records, (select count(*) from changes) as changes

-- name: find_doomed_users
-- The service's own ids of accounts that go, where no account that stays has the same one.
create temporary table doomed_user on commit drop as
select distinct account.customer_id, account.user_id
from doomed
join register.account as account on account.id = doomed.record_id
where doomed.record_type = 'account' and account.user_id is not null
  and not exists (
    select from register.account as other
    where other.customer_id = account.customer_id and other.user_id = account.user_id
      and not exists (select from doomed as too where too.record_type = 'account' and too.record_id = other.id)
  )

-- name: doom_events
insert into doomed (record_type, record_id)
select '{record_type}', event.id
from {table} as event
join doomed_user as gone on gone.customer_id = event.customer_id and gone.user_id = event.user_id
on conflict do nothing

-- name: doom_actions
insert into doomed (record_type, record_id)
select 'action', event.id
from doomed_user as gone
join privacy.action_pseudonym as known using (customer_id, user_id)
join register.action as event on event.customer_id = known.customer_id and event.user_id = known.pseudonym
on conflict do nothing

-- name: find_doomed_keys
insert into doomed_key (source_id, key)
select held.source_id, held.key
from doomed join {table} as held on held.id = doomed.record_id
where doomed.record_type = '{record_type}'
on conflict do nothing

-- name: find_bereaved
-- The golden records that lose a record.
create temporary table bereaved on commit drop as
select distinct member.customer_id, member.record_type, member.golden_id
from doomed join register.golden_member as member using (record_type, record_id)

-- name: forget_person_keys
-- A record without keys is looked at by the next run of matching: those that stay of a person who loses one may have
-- been brought together by it alone, and the keys of a record name an employment or account that goes.
with concerned as (
  select record_id from doomed where record_type = 'person'
  union
  select member.record_id
  from bereaved
  join register.golden_member as member using (record_type, golden_id)
  where bereaved.record_type = 'person'
  union
  select made.record_id
  from doomed join register.person_key as made on made.employment_id = doomed.record_id
  where doomed.record_type = 'employment'
  union
  select made.record_id
  from doomed join register.person_key as made on made.account_id = doomed.record_id
  where doomed.record_type = 'account'
), forgotten as (
  delete from register.person_key as made
  using concerned
  where made.record_id = concerned.record_id
  returning made.customer_id, made.record_id
)
insert into register.match_again (customer_id, record_type, record_id)
select customer_id, 'person', record_id from forgotten

-- name: remove_doomed_pins
delete from register.field_pin as pin
using doomed
where pin.record_type = doomed.record_type and pin.record_id = doomed.record_id

-- name: remove_doomed_pairs
delete from register.review_pair as pair
using doomed
where doomed.record_type = 'person' and doomed.record_id in (pair.record_a, pair.record_b)

-- name: remove_doomed_findings
delete from sync.scan_finding as found
using doomed
where found.record_type = doomed.record_type and found.record_id = doomed.record_id

-- name: remove_doomed_members
delete from register.golden_member as member
using doomed
where member.record_type = doomed.record_type and member.record_id = doomed.record_id

-- name: remove_doomed_links
delete from register.match_link as link
using doomed
where link.record_type = doomed.record_type and doomed.record_id = link.{end}

-- name: find_survivors
create temporary table component on commit drop as
select member.record_id, member.golden_id as label, member.golden_id as former_id
from bereaved
join register.golden_member as member using (record_type, golden_id)
where bereaved.record_type = :record_type and bereaved.customer_id = :customer_id

-- name: identify_survivors
create temporary table identified on commit drop as
select distinct label, label as golden_id, false as fresh from component

-- name: remember_bereaved
create temporary table former on commit drop as
select golden_id from bereaved where record_type = :record_type and customer_id = :customer_id

-- name: remove_doomed_changes
delete from sync.field_change as change
using doomed
where change.record_type = doomed.record_type and change.record_id = doomed.record_id

-- name: unlink_billing_contacts
-- The key of a contact who goes; one whom another register of the customer still shows under the same key stays.
update register.billing as billing
set billing_contact = null
from doomed
join register.person_record as person on person.id = doomed.record_id
where doomed.record_type = 'person'
  and billing.customer_id = person.customer_id and billing.billing_contact = person.key
  and not exists (
    select from register.person_record as other
    where other.customer_id = person.customer_id and other.key = person.key
      and not exists (select from doomed as too where too.record_type = 'person' and too.record_id = other.id)
  )

-- name: remove_doomed_records
delete from {table} as held
using doomed
where doomed.record_type = '{record_type}' and held.id = doomed.record_id

-- name: remove_doomed_pseudonyms
delete from privacy.action_pseudonym as known
using doomed_user as gone
where known.customer_id = gone.customer_id and known.user_id = gone.user_id
  and not exists (
    select from register.account as other where other.customer_id = gone.customer_id and other.user_id = gone.user_id
  )

-- name: keep_keys_with_records
delete from doomed_key as gone using {table} as held where held.source_id = gone.source_id and held.key = gone.key

-- name: remove_doomed_rows
delete from sync.source_row as held
using doomed_key as gone
where held.source_id = gone.source_id and held.key = gone.key

-- name: remove_doomed_quarantine
delete from sync.quarantine as held
using doomed_key as gone
where held.source_id = gone.source_id and held.key = gone.key
