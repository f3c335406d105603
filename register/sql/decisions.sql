-- Decisions on links, and what a person who decides looks at.

-- name: reached_records
with recursive reached as (
  select cast(:record_id as bigint) as record_id
  union
  select case when link.record_a = reached.record_id then link.record_b else link.record_a end
  from reached
  join lateral (
    select record_a, record_b, decided_by, verdict from register.match_link
    where record_type = :record_type and record_a = reached.record_id and ended_at is null
    union all
    select record_a, record_b, decided_by, verdict from register.match_link
    where record_type = :record_type and record_b = reached.record_id and ended_at is null
  ) as link on link.verdict = 'same' and (link.decided_by is not null or not :decided_only)
)
select record_id from reached

-- name: younger_record
select record.id
from {records} as record
join sync.source as source on source.id = record.source_id
where record.id = any(:records)
order by record.first_seen desc, source.name desc, record.key desc
limit 1

-- name: members_shown
select
  record.id, source.name as source, record.origin, record.first_seen, row.absent_since,
  record.last_name, record.first_name, record.work_email, record.work_phone, made.employee_number
from register.golden_member as member
join register.person_record as record on record.id = member.record_id
join sync.source as source on source.id = record.source_id
join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
left join register.person_key as made on made.record_id = record.id
where member.record_type = 'person' and member.golden_id = :golden_id
order by record.first_seen, source.name, record.key

-- name: company_members_shown
select
  record.id, source.name as source, record.first_seen, row.absent_since,
  record.company_name, record.business_id, record.vat_number, record.country
from register.golden_member as member
join register.company_record as record on record.id = member.record_id
join sync.source as source on source.id = record.source_id
join sync.source_row as row on row.source_id = record.source_id and row.key = record.key
where member.record_type = 'company' and member.golden_id = :golden_id
order by record.first_seen, source.name, record.key

-- name: links_shown
select
  link.id, link.record_a, link.record_b, link.verdict, coalesce(link.rule, decider.name) as said_by, link.reason,
  link.made_at, link.ended_at, ender.name as ended_by, link.ended_why
from register.match_link as link
left join privacy.actor as decider on decider.id = link.decided_by
left join privacy.actor as ender on ender.id = link.ended_by
where (link.record_type = :record_type or :record_type = 'person' and link.record_type = 'across') and (
  link.record_a in (
    select record_id from register.golden_member where record_type = :record_type and golden_id = :golden_id
  )
  or link.record_b in (
    select record_id from register.golden_member where record_type = :record_type and golden_id = :golden_id
  )
)
order by link.id

-- name: count_companies_crossed
-- Pairs in one company that a person keeps apart.
select count(*)
from register.match_link as link
join register.golden_member as mine on mine.record_type = 'company' and mine.record_id = link.record_a
join register.golden_member as other on other.record_type = 'company' and other.record_id = link.record_b
where link.customer_id = :customer_id and link.record_type = 'company' and link.verdict = 'different'
  and link.ended_at is null and mine.golden_id = other.golden_id
