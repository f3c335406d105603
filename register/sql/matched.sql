-- What matching has made of a customer's records, in numbers.

-- name: count_golden
select
  count(*) filter (where record_type = 'person') as records,
  (select count(*) from register.person where customer_id = :customer_id) as persons,
  count(*) filter (where record_type = 'company') as company_records,
  (select count(*) from register.company where customer_id = :customer_id) as companies
from register.golden_member
where customer_id = :customer_id

-- name: count_links
select
  coalesce(rule, verdict) as what, decided_by is not null as decided, count(*) as many
from register.match_link
where customer_id = :customer_id and record_type = 'person' and ended_at is null
  and (decided_by is not null or verdict = 'same')
group by what, decided
order by what

-- name: count_left
select reason as what, count(distinct record_id) as many
from register.match_link
cross join lateral unnest(array[record_a, record_b]) as record_id
where customer_id = :customer_id and record_type = 'person' and ended_at is null and verdict = 'left'
group by reason
order by reason

-- name: count_homeless
select count(*)
from (
  select 'person' as record_type, id from register.person_record where source_id = any(:sources)
  union all
  select 'company', id from register.company_record where source_id = any(:sources)
) as record
where not exists (
  select from register.golden_member as member
  where member.record_type = record.record_type and member.record_id = record.id
)

-- name: count_crossed
-- Said again in SQL, apart from the code that matches: two numbers at one employer, mailboxes that differ in digits only,
-- or a decision that they are different. A person whom somebody has put together with `same` is not looked at.
with suspect as (
  -- only who has two numbers, two mailboxes or a decision can be one of them; the rest is not looked at pair by pair
  select member.golden_id
  from register.golden_member as member
  join register.person_key as made on made.record_id = member.record_id
  where member.record_type = 'person' and member.customer_id = :customer_id
  group by member.golden_id
  having min(made.employee_number collate "C") <> max(made.employee_number collate "C")
    or min(made.email collate "C") <> max(made.email collate "C")
  union
  select member.golden_id
  from register.match_link as link
  join register.golden_member as member on member.record_type = 'person' and member.record_id = link.record_a
  where link.record_type = 'person' and link.customer_id = :customer_id and link.ended_at is null
    and link.verdict = 'different'
  except
  select member.golden_id
  from register.match_link as link
  join register.golden_member as member on member.record_type = 'person' and member.record_id = link.record_a
  where link.record_type = 'person' and link.customer_id = :customer_id and link.ended_at is null
    and link.verdict = 'same' and link.decided_by is not null
)
select count(*)
from suspect
join register.golden_member as mine on mine.record_type = 'person' and mine.golden_id = suspect.golden_id
join register.golden_member as other
  on other.record_type = 'person' and other.golden_id = suspect.golden_id and other.record_id > mine.record_id
join register.person_key as a on a.record_id = mine.record_id
join register.person_key as b on b.record_id = other.record_id
where a.employee_number <> b.employee_number
    and (a.employer = b.employer or split_part(a.employer, ' ', 1) <> split_part(b.employer, ' ', 1))
  or a.email <> b.email
    and regexp_replace(split_part(a.email, '@', 1), '[0-9]', '', 'g') || '@' || split_part(a.email, '@', 2)
      = regexp_replace(split_part(b.email, '@', 1), '[0-9]', '', 'g') || '@' || split_part(b.email, '@', 2)
  or exists (
    select from register.match_link as link
    where link.record_type = 'person' and link.record_a = a.record_id and link.record_b = b.record_id
      and link.ended_at is null and link.verdict = 'different'
  )
