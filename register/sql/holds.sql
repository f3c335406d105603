-- Legal holds.

-- name: begin_held_row
create temporary table held_row (source_id integer, key text) on commit drop

-- name: begin_held_event
create temporary table held_event (
  customer_id integer, source_id integer, user_id text, event_id bigint, first_day date, last_day date
) on commit drop

-- name: find_held_rows
-- The source rows that a hold standing on the business date leaves alone; a null key stands for the whole source. A hold
-- suspends the action and not the clock: on the day after its last one, what has fallen due meanwhile goes.
create temporary table held_row on commit drop as
with standing as (
  select * from privacy.hold where opened_on <= :business_date and (ended_on is null or ended_on >= :business_date)
)
select distinct source.id as source_id, cast(null as text) as key
from standing join sync.source as source on source.id = standing.source_id or source.customer_id = standing.customer_id
union
select distinct record.source_id, record.key
from standing
join register.golden_member as member on member.record_type = 'person' and member.golden_id = standing.record_id
join register.person_record as record on record.id = member.record_id
where standing.record_type = 'golden'
union
select source_id, key from ({held_accounts}) as of_person
{held_records}

-- name: held_accounts
-- A fragment: the accounts of whole persons, as an erasure finds them; one may have no record of a person in its row.
select standing.id, account.customer_id, account.source_id, account.key, account.user_id
from standing
join register.golden_member as member on member.record_type = 'person' and member.golden_id = standing.record_id
join register.person_record as record on record.id = member.record_id
left join register.account as login on login.source_id = record.source_id and login.key = record.key
join register.account as account on account.customer_id = record.customer_id and (
  account.id = login.id or lower(account.username) in (record.work_email, lower(login.username))
  or account.user_id = login.user_id
  or (account.idp_issuer, account.idp_subject) = (login.idp_issuer, login.idp_subject)
)
where standing.record_type = 'golden'

-- name: held_record
union
select held.source_id, held.key
from standing join {table} as held on held.id = standing.record_id
where standing.record_type = '{record_type}'

-- name: find_held_events
-- Of each kind of event, whose are held, and of which days.
create temporary table held_event on commit drop as
with standing as (
  select * from privacy.hold where opened_on <= :business_date and (ended_on is null or ended_on >= :business_date)
), named as (
  select standing.id, account.customer_id, account.user_id
  from standing
  join register.account as account on standing.record_type = 'account' and account.id = standing.record_id
  union
  select id, customer_id, user_id from ({held_accounts}) as of_person
)
select standing.customer_id, standing.source_id, cast(null as text) as user_id, cast(null as bigint) as event_id,
  standing.first_day, standing.last_day
from standing where standing.customer_id is not null or standing.source_id is not null
union all
select named.customer_id, null, named.user_id, null, standing.first_day, standing.last_day
from named join standing using (id) where named.user_id is not null
union all
select named.customer_id, null, known.pseudonym, null, standing.first_day, standing.last_day
from named
join standing using (id)
join privacy.action_pseudonym as known on known.customer_id = named.customer_id and known.user_id = named.user_id
union all
select event.customer_id, null, null, event.id, null, null
from standing
join (
  select 'location' as record_type, id, customer_id from register.location
  union all
  select 'action', id, customer_id from register.action
  union all
  select 'message', id, customer_id from register.message
) as event on event.record_type = standing.record_type and event.id = standing.record_id

-- name: hold_restricted_rows
insert into held_row (source_id, key)
select restriction.source_id, restriction.key from privacy.restriction as restriction where restriction.ended_at is null

-- name: hold_restricted_events
insert into held_event (customer_id, user_id)
select account.customer_id, unnest(array[account.user_id] || array(
  select pseudonym from privacy.action_pseudonym as known
  where known.customer_id = account.customer_id and known.user_id = account.user_id
))
from privacy.restriction as restriction
join register.account as account on account.source_id = restriction.source_id and account.key = restriction.key
where restriction.ended_at is null and account.user_id is not null

-- name: event_is_held
-- A fragment: whether a hold covers the row `event`.
exists (
  select from held_event as held
  where (held.event_id = event.id or held.event_id is null
    and (held.customer_id is null or held.customer_id = event.customer_id)
    and (held.source_id is null or held.source_id = event.source_id)
    and (held.user_id is null or held.user_id = event.user_id)
    and (held.customer_id is not null or held.source_id is not null))
    and (held.first_day is null or privacy.local_date(event.{happened}) >= held.first_day)
    and (held.last_day is null or privacy.local_date(event.{happened}) <= held.last_day)
)

-- name: find_kept_by_holds
create temporary table kept_by_hold on commit drop as
select distinct done.case_id, one ->> 'record' as record_type, (one ->> 'id')::bigint as record_id
from privacy.subject_case as done cross join jsonb_array_elements(done.kept) as one
where done.action = 'erase' and one ->> 'reason' = :reason

-- name: kept_and_held
select kept.case_id, kept.record_id
from kept_by_hold as kept join {table} as event on event.id = kept.record_id
where kept.record_type = '{record_type}' and ({stays})

-- name: list_holds
select
  hold.id, hold.record_type, hold.record_id, customer.name as customer, source.name as source, hold.first_day,
  hold.last_day, hold.reason, opener.name as opened_by, approver.name as approved_by, hold.opened_on, hold.review_on,
  hold.ended_on, ender.name as ended_by
from privacy.hold as hold
join privacy.actor as opener on opener.id = hold.opened_by
join privacy.actor as approver on approver.id = hold.approved_by
left join privacy.actor as ender on ender.id = hold.ended_by
left join sync.customer as customer on customer.id = hold.customer_id
left join sync.source as source on source.id = hold.source_id
order by hold.id
