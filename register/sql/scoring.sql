-- Scoring, in a DuckDB database in memory: what the model compares, and which pairs it looks at. `matching_input` is
-- the matching input; `given_name` and `family_name` hold the frequencies of names that the model was trained with.

-- name: scoring_borne
-- Whether every part of a given name is a name that people bear.
create table borne as
select first_name, bool_and(part in (select unnest(string_split(name, ' ')) from given_name)) as known
from (
  select first_name, unnest(string_split(first_name, ' ')) as part
  from (select distinct first_name from matching_input where first_name is not null) as told
) as parted
group by first_name

-- name: scoring_prepare
-- A mailbox or phone that too many share is nobody's own.
create table person as
select
  input.record_id, input.customer_id, input.first_name, input.last_name, input.name_key,
  own_email as email, own_phone as phone,
  case when input.employer = 'own' then 'own ' || input.customer_id else input.employer end as employer,
  split_part(input.employer, ' ', 1) as employer_told,
  case when regexp_matches(input.employee_number, '[0-9]') then input.employee_number end as employee_number,
  input.username, input.subject,
  regexp_replace(split_part(own_email, '@', 1), '[0-9]+', '', 'g') as mailbox_plain,
  split_part(own_email, '@', 2) as domain,
  coalesce(regexp_matches(own_phone, '^[+]358([^45]|5[^0])'), false) as landline,
  coalesce(borne.known, false) as first_known
from (
  select *, case when count(*) over (partition by customer_id, email) <= {most} then email end as own_email,
    case when count(*) over (partition by customer_id, phone) <= {most} then phone end as own_phone
  from matching_input
) as input
left join borne using (first_name)

-- name: scoring_first_name_frequency
select person.first_name, coalesce(max(given.share), {rarest_given}) as tf_first_name
from person
left join given_name as given on given.name = person.first_name
where person.first_name is not null
group by person.first_name

-- name: scoring_last_name_frequency
select person.last_name, coalesce(max(family.share), {rarest_family}) as tf_last_name
from person
left join family_name as family on family.name = person.last_name
where person.last_name is not null
group by person.last_name

-- name: scoring_block
-- The records that share a value with others, which too many share brings nobody together.
select record_id, customer_id, value
from (select record_id, customer_id, hash({number}, {value}) as value from person where {value} is not null) as valued
qualify count(*) over (partition by {scope}value) between 2 and {most}

-- name: scoring_candidates
create table candidate as
select '0' as match_key, join_key_l, join_key_r
from (
  select distinct mine.record_id as join_key_l, other.record_id as join_key_r
  from block as mine
  join block as other on other.value = mine.value and other.record_id > mine.record_id and {within}
) as met
{asked}

-- name: scoring_result
select record_id_l as record_a, record_id_r as record_b, round(match_weight, 2) as weight
from {predicted}
order by record_a, record_b

-- name: scoring_shared
-- Of a labelled register: how many pairs of strangers share the value, and how many pairs have one at all.
select
  (select sum(many * (many - 1) / 2) from (
    select count(*) as many from person where {value} is not null group by {value}))
  - (select sum(many * (many - 1) / 2) from (
    select count(*) as many from person where {value} is not null group by {value}, label)),
  (select count(*) * (count(*) - 1.0) / 2 from person where {value} is not null)

-- name: scoring_met
-- Of a labelled register: how many candidates that are strangers reach each level.
select level, count(*)
from (
  select case {choice} end as level
  from (
    select {sides}
    from candidate
    join person as l on l.record_id = join_key_l
    join person as r on r.record_id = join_key_r
    where l.label <> r.label
  ) as met
) as reached
where level is not null
group by level
