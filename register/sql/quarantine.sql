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
select customer_id, source_id, :batch_id, row_number, key, rule, column_name, field, effect, :expires_on
from sync.quarantine
where batch_id = :earlier
