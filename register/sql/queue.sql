-- The queue of pairs that a person should look at. `queue_region` holds the records computed anew, `scored` the pairs of
-- theirs that were scored.

-- name: begin_queue
create temporary table queue_region on commit drop as select distinct record_id from region

-- name: begin_whole_queue
create temporary table queue_region on commit drop as
select record_id from register.person_key where customer_id = :customer_id

-- name: begin_scored
create temporary table scored (a bigint, b bigint, score double precision, model text) on commit drop

-- name: keep_scored
-- Nothing is scored anew: the scores of before hold.
insert into scored
select record_a, record_b, score, model
from register.review_pair
where score is not null
  and (record_a in (select record_id from queue_region) or record_b in (select record_id from queue_region))

-- name: keys_of_scored
-- Those whose employer is the customer itself have one employer where they have one customer.
select
  record_id, source_id, first_name, name_key, email, employee,
  case when employer = 'own' then 'own ' || customer_id else employer end as employer,
  employee_number, employed_from, employed_to, absent
from register.person_key
where record_id = any(:records)

-- name: other_customers
-- The customers whose people may be compared with this one's.
select case when customer_id = :customer_id then other_customer_id else customer_id end
from register.customer_pair
where :customer_id in (customer_id, other_customer_id) and ended_at is null
order by 1

-- name: fill_queue
-- What a rule was kept from joining, and what is likely; without pairs that are one person, or that a person keeps apart.
create temporary table queue_now on commit drop as
with foe as (
  select mine.golden_id as one, other.golden_id as other
  from register.match_link as link
  join register.golden_member as mine on mine.record_type = 'person' and mine.record_id = link.record_a
  join register.golden_member as other on other.record_type = 'person' and other.record_id = link.record_b
  where link.customer_id = :customer_id and link.record_type = 'person' and link.verdict = 'different'
    and link.ended_at is null
), kept as (
  select record_a as a, record_b as b, reason as why, rule
  from register.match_link
  where customer_id = :customer_id and record_type = 'person' and verdict = 'left' and ended_at is null
    and (record_a in (select record_id from queue_region) or record_b in (select record_id from queue_region))
)
select
  a, b, mine.customer_id, nullif(other.customer_id, mine.customer_id) as other_customer_id,
  case when mine.customer_id <> other.customer_id then 'across' else coalesce(kept.why, 'likely') end as why,
  kept.rule, scored.score, scored.model
from kept
full join scored using (a, b)
join register.golden_member as mine on mine.record_type = 'person' and mine.record_id = a
join register.golden_member as other on other.record_type = 'person' and other.record_id = b
where mine.golden_id <> other.golden_id
  and not exists (
    select from foe
    where foe.one = mine.golden_id and foe.other = other.golden_id
      or foe.one = other.golden_id and foe.other = mine.golden_id
  )
  and not exists (
    select from register.match_link as link
    where link.record_type = 'across' and link.record_a = a and link.record_b = b and link.ended_at is null
  )

-- name: leave_queue
delete from register.review_pair as waiting
where :customer_id in (waiting.customer_id, waiting.other_customer_id)
  and (
    waiting.record_a in (select record_id from queue_region) or waiting.record_b in (select record_id from queue_region)
  )
  and not exists (select from queue_now where (queue_now.a, queue_now.b) = (waiting.record_a, waiting.record_b))

-- name: enter_queue
insert into register.review_pair as waiting
  (record_a, record_b, customer_id, other_customer_id, why, rule, score, model)
select a, b, customer_id, other_customer_id, why, rule, score, model
from queue_now
order by a, b
on conflict (record_a, record_b) do update
set why = excluded.why, rule = excluded.rule, score = excluded.score, model = excluded.model
where (waiting.why, waiting.rule, waiting.score, waiting.model)
  is distinct from (excluded.why, excluded.rule, excluded.score, excluded.model)

-- name: end_across
-- Records of two customers that a person has spoken of, and of which one has gone.
update register.match_link as link
set ended_at = now(), ended_why = 'a record has gone'
where link.record_type = 'across' and link.ended_at is null
  and (link.record_a in (select record_id from queue_region) or link.record_b in (select record_id from queue_region))
  and (
    not exists (select from register.person_record as record where record.id = link.record_a)
    or not exists (select from register.person_record as record where record.id = link.record_b)
  )

-- name: queue
-- What waits, the likeliest first; what nothing has scored was kept back by the rules, and comes before it.
select
  waiting.record_a, waiting.record_b, one.name as source_a, other.name as source_b, waiting.why, waiting.rule,
  waiting.score, waiting.model, waiting.since
from register.review_pair as waiting
join register.person_record as a on a.id = waiting.record_a
join register.person_record as b on b.id = waiting.record_b
join sync.source as one on one.id = a.source_id
join sync.source as other on other.id = b.source_id
where cast(:customer_id as int) is null or :customer_id in (waiting.customer_id, waiting.other_customer_id)
order by waiting.score desc nulls first, waiting.since, waiting.record_a, waiting.record_b
limit :limit

-- name: count_queue
select count(*) as waiting, min(since) as waiting_since
from register.review_pair
where customer_id = :customer_id

-- name: queue_by_band
-- The queue in numbers: how likely its pairs are, and for how long they have waited.
select
  customer.name as customer,
  case
    when waiting.score is null then 'not scored' when waiting.score < 0 then 'below 0'
    when waiting.score < 5 then '0 to 5' when waiting.score < 10 then '5 to 10' else '10 and more'
  end as band,
  count(*) as pairs,
  count(*) filter (where :today - privacy.local_date(waiting.since) > :long) as waiting_long,
  min(privacy.local_date(waiting.since)) as since
from register.review_pair as waiting
join sync.customer as customer on customer.id = waiting.customer_id
group by customer.name, band
order by customer.name, min(waiting.score) desc nulls first

-- name: decided_between
-- What persons have said of matching; what follows from a decision is not counted again.
select customer.name as customer, said.what, count(*) as decisions
from (
  select customer_id, verdict as what, made_at as at
  from register.match_link
  where decided_by is not null and follows is null
  union all
  select customer_id, 'undone', ended_at
  from register.match_link
  where ended_by is not null and follows is null and verdict <> 'left'
) as said
join sync.customer as customer on customer.id = said.customer_id
where privacy.local_date(said.at) between :first and :last
group by customer.name, said.what
order by customer.name, said.what

-- name: compared_pairs
-- Pairs with what a person compares, and a text that changes whenever one of the records does.
select
  asked.a as record_a, asked.b as record_b, {sides},
  'v1-' || left(encode(sha256(convert_to(concat_ws(' ', a.*::text, key_a.*::text, b.*::text, key_b.*::text), 'UTF8')), 'hex'), 24)
    as state
from unnest(cast(:a as bigint[]), cast(:b as bigint[])) with ordinality as asked (a, b, place)
join register.person_record as a on a.id = asked.a
join register.person_record as b on b.id = asked.b
join register.person_key as key_a on key_a.record_id = a.id
join register.person_key as key_b on key_b.record_id = b.id
join sync.source as source_a on source_a.id = a.source_id
join sync.source as source_b on source_b.id = b.source_id
join sync.source_row as row_a on row_a.source_id = a.source_id and row_a.key = a.key
join sync.source_row as row_b on row_b.source_id = b.source_id and row_b.key = b.key
left join register.employment as employment_a on employment_a.id = key_a.employment_id
left join register.employment as employment_b on employment_b.id = key_b.employment_id
order by asked.place

-- name: compared_side
source_{side}.name as source_{side}, {side}.last_name as last_name_{side}, {side}.first_name as first_name_{side},
  coalesce({side}.work_email, key_{side}.username) as email_{side}, {side}.work_phone as phone_{side},
  employment_{side}.employee_number as number_{side},
  coalesce(employment_{side}.employer_name, employment_{side}.employer_business_id) as employer_{side},
  {side}.first_seen::text as since_{side}, row_{side}.absent_since::text as absent_{side}
