-- Removing records with everything that hangs on them. The temporary tables made here live as long as the transaction.

-- name: begin_doomed
-- Records that are to go, with the row that each is of.
create temporary table doomed (
  record_type text, record_id bigint, source_id integer not null, key text not null, primary key (record_type, record_id)
) on commit drop

-- name: begin_doomed_key
-- Keys of source rows that are to go, unless a record of theirs stays; some more than once.
create temporary table doomed_key (source_id integer, key text) on commit drop

-- name: doom_hanging
-- What another record of the same row hangs on.
insert into doomed (record_type, record_id, source_id, key)
select '{record_type}', hanging.id, hanging.source_id, hanging.key
from doomed
join {table} as hanging on hanging.source_id = doomed.source_id and hanging.key = doomed.key
where doomed.record_type = '{on_type}' and {condition}
on conflict do nothing

-- name: remove_hanging
-- Once through the table, where `doom_hanging` and `remove_doomed_records` take two. After the records that it hangs on,
-- so that the trigger for matching finds nobody of whom the theirs has not told.
with gone as (
  delete from {table} as held
  using doomed
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
insert into doomed (record_type, record_id, source_id, key)
select '{record_type}', event.id, event.source_id, event.key
from {table} as event
join doomed_user as gone on gone.customer_id = event.customer_id and gone.user_id = event.user_id
on conflict do nothing

-- name: doom_actions
insert into doomed (record_type, record_id, source_id, key)
select 'action', event.id, event.source_id, event.key
from doomed_user as gone
join privacy.action_pseudonym as known using (customer_id, user_id)
join register.action as event on event.customer_id = known.customer_id and event.user_id = known.pseudonym
on conflict do nothing

-- name: key_doomed
insert into doomed_key (source_id, key)
select distinct source_id, key from doomed

-- name: begin_bereaved
-- The golden records that lose a record.
create temporary table bereaved (customer_id integer, record_type text, golden_id bigint) on commit drop

-- name: find_survivors
-- The records that stay of them.
create temporary table survivor on commit drop as
select bereaved.customer_id, bereaved.record_type, bereaved.golden_id, member.record_id
from bereaved join register.golden_member as member using (record_type, golden_id)

-- name: find_keyless
-- The records whose keys go: those that are doomed, those that stay of a person who loses one, since they may have been
-- brought together by it alone, and those whose keys name an employment or account that goes.
create temporary table keyless on commit drop as
select record_id from doomed where record_type = 'person'
union
select record_id from survivor where record_type = 'person'
union
select made.record_id
from doomed join register.person_key as made on made.employment_id = doomed.record_id
where doomed.record_type = 'employment'
union
select made.record_id
from doomed join register.person_key as made on made.account_id = doomed.record_id
where doomed.record_type = 'account'

-- name: mark_sharers
-- A key that too many shared, and of which few enough may be left: whoever stays with it is matched anew. Matching itself
-- tells such a key by what the record had before, which is gone by then, since it is as personal as the record. Some of
-- the keys are made again, so that this may mark a few too many.
insert into register.match_again (customer_id, record_type, record_id)
select made.customer_id, 'person', made.record_id
from (
  select had.customer_id, had.{key} as value, count(*) as gone
  from keyless join register.person_key as had using (record_id)
  where had.{key} is not null
  group by had.customer_id, had.{key}
) as change
cross join lateral (
  select count(*) as before
  from (
    select from register.person_key where customer_id = change.customer_id and {key} = change.value
    limit :most + change.gone + 1  -- of a switchboard's number nobody counts the rest
  ) as counted
) as shared
join register.person_key as made on made.customer_id = change.customer_id and made.{key} = change.value
where shared.before > :most and shared.before - change.gone <= :most
  and not exists (select from keyless where keyless.record_id = made.record_id)

-- name: forget_person_keys
-- A record without keys is looked at by the next run of matching. Of a record that goes itself a trigger tells.
with forgotten as (
  delete from register.person_key as made
  using keyless
  where made.record_id = keyless.record_id
  returning made.customer_id, made.record_id
), noted as (
  insert into register.match_again (customer_id, record_type, record_id)
  select customer_id, 'person', record_id
  from forgotten
  where not exists (select from doomed where doomed.record_type = 'person' and doomed.record_id = forgotten.record_id)
)
select count(*) from forgotten

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
with parted as (
  delete from register.golden_member as member
  using doomed
  where member.record_type = doomed.record_type and member.record_id = doomed.record_id
  returning member.customer_id, member.record_type, member.golden_id
), noted as (
  insert into bereaved (customer_id, record_type, golden_id)
  select distinct customer_id, record_type, golden_id from parted
)
select count(*) from parted

-- name: remove_doomed_links
delete from register.match_link as link
using doomed
where link.record_type = doomed.record_type and doomed.record_id = link.{end}

-- name: take_survivors
create temporary table component on commit drop as
select record_id, golden_id as label, golden_id as former_id
from survivor
where record_type = :record_type and customer_id = :customer_id

-- name: identify_survivors
create temporary table identified on commit drop as
select distinct label, label as golden_id, false as fresh from component

-- name: remember_bereaved
-- Those of whom nothing stays.
create temporary table former on commit drop as
select golden_id
from bereaved
where record_type = :record_type and customer_id = :customer_id and not exists (
  select from survivor where survivor.record_type = bereaved.record_type and survivor.golden_id = bereaved.golden_id
)

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
