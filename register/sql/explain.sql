-- Explaining a record: who says a value, since when.

-- name: last_field_changes
select distinct on (field) field, batch_id, row_number, rule
from sync.field_change
where record_type = :record_type and record_id = :record_id
order by field, id desc

-- name: find_records
select found.record_type, found.id, source.name as source_name
from (
  select 'person' as record_type, id, source_id from register.person_record
  where key = :text or lower(work_email) = lower(:text)
    or lower(concat_ws(' ', first_name, last_name)) = lower(:text)
    or lower(last_name) = lower(:text)
  union all
  select 'company', id, source_id from register.company_record
  where key = :text or business_id = :text or lower(company_name) = lower(:text)
  union all
  select 'account', id, source_id from register.account
  where user_id = :text or lower(username) = lower(:text) or idp_subject = :text
) as found
join sync.source as source on source.id = found.source_id
order by source.name, found.record_type, found.id
limit :limit
