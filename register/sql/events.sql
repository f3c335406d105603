-- Events: their partitions, the accounts and tasks they name, and the pseudonyms that actions carry.

-- name: find_missing_partitions
-- The spans of local time into which staged events fall and for which there is no partition yet.
select first, (first + cast(:span as interval))::date as next
from (
  select distinct date_trunc(:unit, {happened} at time zone 'Europe/Helsinki')::date as first from {staged}
) as spans
where to_regclass(format('register.%I', :table || to_char(first, '_YYYY_MM_DD'))) is null
order by first

-- name: keeps_any_of_span
select exists (
  select from {kept} as event
  where event.{happened} >= '{first} 00:00:00 Europe/Helsinki' and event.{happened} < '{next} 00:00:00 Europe/Helsinki'
)

-- name: known_accounts
select distinct user_id from register.account where customer_id = :customer_id and user_id = any(:user_ids)

-- name: necessity_events
select event_id, started_at, ended_at
from register.necessity_event
where customer_id = :customer_id and event_id = any(:event_ids)

-- name: find_pseudonyms
select held.month, held.user_id, held.pseudonym
from privacy.action_pseudonym as held
join unnest(cast(:months as date[]), cast(:user_ids as text[])) as wanted (month, user_id) using (month, user_id)
where held.customer_id = :customer_id

-- name: write_pseudonyms
insert into privacy.action_pseudonym (customer_id, month, user_id, pseudonym)
select :customer_id, new.month, new.user_id, new.pseudonym
from unnest(cast(:months as date[]), cast(:user_ids as text[]), cast(:pseudonyms as text[]))
  as new (month, user_id, pseudonym)
on conflict do nothing
