-- Quarantine: what was not taken, and why.

-- name: write_quarantine
insert into sync.quarantine (
  customer_id, source_id, batch_id, row_number, key, rule, column_name, field, effect, expires_on
)
select
  :customer_id, :source_id, :batch_id, finding.row_number,
  case when finding.rule <> :keyless then staged.key end, finding.rule, finding."column", finding.field,
  finding.effect, :expires_on
from jsonb_to_recordset(cast(:findings as jsonb))
  as finding (row_number bigint, "column" text, field text, rule text, effect text)
left join {rows} as staged on staged.row_number = finding.row_number

-- name: repeat_quarantine
insert into sync.quarantine (
  customer_id, source_id, batch_id, row_number, key, rule, column_name, field, effect, expires_on
)
select
  held.customer_id, held.source_id, :batch_id, held.row_number, held.key, held.rule, held.column_name, held.field,
  held.effect, cast(:business_date as date) + (held.expires_on - batch.business_date)
from sync.quarantine as held
join sync.batch as batch on batch.id = held.batch_id
where held.batch_id = :earlier
