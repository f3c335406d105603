-- What matching has made of a customer's records, in numbers.

-- name: count_golden
select person.records, person.persons, company.company_records, company.companies, lacking.homeless
from (
  select coalesce(sum(records), 0)::bigint as records, count(*) as persons
  from register.person where customer_id = :customer_id
) as person
cross join (
  select coalesce(sum(records), 0)::bigint as company_records, count(*) as companies
  from register.company where customer_id = :customer_id
) as company
cross join (
  select count(*) as homeless
  from (
    select 'person' as record_type, record.id
    from register.person_record as record
    where record.source_id in (select id from sync.source where customer_id = :customer_id)
    union all
    select 'company', record.id
    from register.company_record as record
    where record.source_id in (select id from sync.source where customer_id = :customer_id)
  ) as record
  where not exists (
    select from register.golden_member as member
    where member.record_type = record.record_type and member.record_id = record.id
  )
) as lacking

-- name: count_links
select rule as what, count(*) as many
from register.match_link
where customer_id = :customer_id and record_type = 'person' and ended_at is null and verdict = 'same' and rule is not null
group by rule
order by rule

-- name: count_decisions
select verdict as what, count(*) as many
from register.match_link
where customer_id = :customer_id and record_type = 'person' and ended_at is null and decided_by is not null
group by verdict
order by verdict

-- name: count_left
select reason as what, count(distinct record_id) as many
from register.match_link
cross join lateral unnest(array[record_a, record_b]) as record_id
where customer_id = :customer_id and record_type = 'person' and ended_at is null and verdict = 'left'
group by reason
order by reason

-- name: count_crossed
-- Said again in SQL, apart from the code that matches: two numbers at one employer, mailboxes that differ in digits only,
-- or a decision that they are different. A person whom somebody has put together with `same` is not looked at.
with pair as (
  select mine.record_id as a, other.record_id as b
  from register.person
  join register.golden_member as mine on mine.record_type = 'person' and mine.golden_id = person.id
  join register.golden_member as other
    on other.record_type = 'person' and other.golden_id = person.id and other.record_id > mine.record_id
  where person.customer_id = :customer_id and person.records > 1
    and not exists (
      select
      from register.golden_member as member
      join register.match_link as link
        on link.record_type = 'person' and link.record_a = member.record_id and link.ended_at is null
      where member.record_type = 'person' and member.golden_id = person.id
        and link.verdict = 'same' and link.decided_by is not null
    )
)
select count(*)
from pair
join register.person_key as a on a.record_id = pair.a
join register.person_key as b on b.record_id = pair.b
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
