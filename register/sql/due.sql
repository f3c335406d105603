-- What is due on a business date, one statement for each step of the policy. Nothing from `:before` on can be due, which
-- is told without any arithmetic on a row. Each adds roots to the temporary table `due`:
-- what hangs on them goes with them (`register.removal`). `:customer_id` null means every customer.

-- name: begin_due
create temporary table due (
  rule text, record_type text, record_id bigint, customer_id integer, source_id integer, key text, trigger_on date,
  refused text, due_on date
) on commit drop

-- name: date_due
-- The days on which the rows fall due that a step has just found; of what nobody has seen since, the last day asked for.
update due
set due_on = coalesce(privacy.expires_on(trigger_on, :months, :days), :business_date)
where due_on is null

-- name: date_due_by_years
update due set due_on = privacy.voucher_expires_on(trigger_on, :calendar_years) where due_on is null

-- name: due_clocked
insert into due
select :rule, '{record_type}', record_id, customer_id, source_id, key, retention_trigger
from running_{record_type}
where retention_trigger < :before and privacy.expires_on(retention_trigger, :months, :days) <= :business_date

-- name: due_dated
insert into due
select :rule, '{record_type}', id, customer_id, source_id, key, {day}
from {table}
where {day} < :before
  and privacy.expires_on({day}, :months, :days) <= :business_date
  and (cast(:customer_id as integer) is null or customer_id = :customer_id)

-- name: due_invoice
insert into due
select :rule, 'invoice', invoice.id, invoice.customer_id, invoice.source_id, invoice.key, year.last_day
from register.invoice as invoice
join privacy.financial_year as year
  on year.controller = :controller and invoice.posting_date between year.first_day and year.last_day
where privacy.voucher_expires_on(year.last_day, :calendar_years) <= :business_date
  and (cast(:customer_id as integer) is null or invoice.customer_id = :customer_id)

-- name: due_confirmed
-- What its register still shows was confirmed by the newest reading; of a list that was unreadable, by its last good one.
insert into due
select :rule, '{record_type}', held.id, held.customer_id, held.source_id, held.key, seen.last_seen
from {table} as held
join (
  select source_id, key,
    case
      when stale ? '{record_type}' then least(last_seen, sync.place_date((stale -> '{record_type}' ->> 'good')::bigint))
      else last_seen
    end as last_seen
  from seen_row
) as seen using (source_id, key)
where {undated}
  and held.first_seen < :before
  and privacy.expires_on(held.first_seen, :months, :days) <= :business_date
  and privacy.expires_on(coalesce(seen.last_seen, held.first_seen), :months, :days) <= :business_date
  and (cast(:customer_id as integer) is null or held.customer_id = :customer_id)

-- name: find_seen_rows
-- When source rows were last shown, of those that the newest reading of their scope did not show so well that nothing of
-- theirs can be due. A register of changes shows what it holds by its silence.
create temporary table seen_row on commit drop as
select source_id, key, stale, last_seen
from (
  select held.source_id, held.key, held.stale, sync.place_date(nullif(
    case when held.absent_place is not null then coalesce(held.shown_place, 0)
      else greatest(held.shown_place, latest.place, alive.place, 0)
    end, 0
  )) as last_seen
  from (
    select source_id, key, scope, shown_place, absent_place, stale from marked_row
    union all
    select held.source_id, held.key, held.scope, held.shown_place, held.absent_place, held.stale
    from sync.source as source
    join sync.source_row as held on held.source_id = source.id
    where held.hash is not null and held.absent_place is null and held.quarantined_place is null
      and (cast(:customer_id as integer) is null or held.customer_id = :customer_id)
      and (
        not exists (
          select from sync.batch
          where batch.source_id = source.id and batch.status = 'applied'
            and privacy.expires_on(batch.business_date, :months, :days) > :business_date
        )
        or exists (select from sync.coverage where coverage.source_id = source.id and coverage.scope <> '')
      )
  ) as held
  left join (
    select source_id, scope, max(place) as place from sync.coverage group by source_id, scope
  ) as latest on latest.source_id = held.source_id and latest.scope = held.scope
  left join (
    select batch.source_id, max(batch.place) as place
    from sync.batch as batch
    join sync.source_version as version on version.id = batch.source_version_id
    where batch.status = 'applied' and version.description -> 'snapshot' ->> 'type' = 'changes'
    group by batch.source_id
  ) as alive on alive.source_id = held.source_id
) as seen
where last_seen is null or last_seen < :before or stale is not null

-- name: find_lost_rows
create temporary table lost_row on commit drop as
select source_id, key, last_seen
from seen_row
where privacy.expires_on(last_seen, :months, :days) <= :business_date

-- name: due_lost
insert into due
select :rule, '{record_type}', held.id, held.customer_id, held.source_id, held.key, lost.last_seen
from lost_row as lost
join {table} as held using (source_id, key)
where {without_trigger}
  and not exists (
    select from due where due.record_type = '{record_type}' and due.record_id = held.id
  )

-- name: due_rows
-- Keys that are known only from quarantine or a deletion, and are gone.
insert into due
select :rule, 'source_row', null, customer_id, source_id, key, absent_on
from marked_row
where absent_on is not null and not imported
  and privacy.expires_on(absent_on, :months, :days) <= :business_date

-- name: due_users
-- Accounts that have not been used for so long that the service should disable them.
select count(*)
from register.account
where account_status is distinct from 'disabled' and closed_at is null
  and privacy.expires_on(privacy.local_date(coalesce(last_login_at, created_at)), :months, :days) <= :business_date

-- name: count_time_barred
-- Claims that may be time-barred: three years from the due date or the last interruption, five from an enforcement title.
select count(*)
from register.collection as collection
join register.invoice as invoice using (source_id, key)
where collection.closed_on is null and case
  when collection.enforcement_title_on is not null
    then privacy.expires_on(collection.enforcement_title_on, :title_months, 0) <= :business_date
  else privacy.expires_on(
    greatest(invoice.due_date, collection.limitation_interrupted_on, collection.reminder_sent_on), :months, 0
  ) <= :business_date
end

-- name: count_invoices_without_year
select count(*)
from register.invoice as invoice
where not exists (
  select from privacy.financial_year as year
  where year.controller = :controller and invoice.posting_date between year.first_day and year.last_day
)

-- name: refuse_implausible
-- A trigger before 1990 is a slip of the pen, and nothing is deleted by it.
update due set refused = 'implausible' where refused is null and trigger_on < date '1990-01-01'

-- name: refuse_held
update due
set refused = 'hold'
from held_row as held
where due.refused is null and held.source_id = due.source_id and (held.key is null or held.key = due.key)

-- name: refuse_claimed
-- While a claim is open its invoice, its debtor, the contact for it and the customer's contracts are kept.
with claim as (
  select invoice.customer_id, invoice.source_id, invoice.key, invoice.company_business_id, invoice.company_name
  from register.collection as collection
  join register.invoice as invoice using (source_id, key)
  where collection.closed_on is null
), debtor as (
  select distinct company.source_id, company.key, company.customer_id
  from claim
  join register.company_record as company
    on company.customer_id = claim.customer_id
    and (company.business_id = claim.company_business_id or company.company_name = claim.company_name)
), contact as (
  select distinct billing.customer_id, billing.billing_contact as key
  from debtor join register.billing as billing using (source_id, key)
  where billing.billing_contact is not null
)
update due
set refused = 'open_claim'
where due.refused is null and due.rule = any(:rules) and case due.record_type
  when 'invoice' then exists (select from claim where claim.source_id = due.source_id and claim.key = due.key)
  when 'company' then exists (select from debtor where debtor.source_id = due.source_id and debtor.key = due.key)
  when 'person' then exists (select from contact where contact.customer_id = due.customer_id and contact.key = due.key)
  when 'contract' then exists (select from claim where claim.customer_id = due.customer_id)
  else false
end

-- name: count_due
select rule, record_type, coalesce(refused, '') as refused, count(*) as rows,
  min(trigger_on) as first_day, max(trigger_on) as last_day, array_agg(distinct customer_id) as customers
from due
group by 1, 2, 3
order by 1, 2, 3

-- name: count_due_ahead
select rule, record_type, due_on,
  count(*) filter (where refused is null) as rows, count(*) filter (where refused is not null) as kept
from due
group by 1, 2, 3

-- name: doom_due
insert into doomed (record_type, record_id, source_id, key)
select record_type, record_id, source_id, key
from due
where refused is null and record_id is not null and rule = :rule and record_type = any(:record_types)
order by record_type, record_id
limit :most
on conflict do nothing

-- name: doom_due_keys
insert into doomed_key (source_id, key)
select source_id, key from due where refused is null and record_id is null and rule = :rule limit :most

-- name: is_more_due
-- Whether more is due by the rule than was taken.
select count(*) > :taken from due where refused is null and rule = :rule and record_type = any(:record_types)

-- name: count_doomed
select due.rule, due.record_type, count(*) as rows, min(trigger_on) as first_day, max(trigger_on) as last_day
from due
where due.refused is null and due.rule = :rule and case
  when due.record_id is null then exists (
    select from doomed_key where doomed_key.source_id = due.source_id and doomed_key.key = due.key
  )
  else exists (
    select from doomed where doomed.record_type = due.record_type and doomed.record_id = due.record_id
  )
end
group by 1, 2

-- name: blank_withdrawn
-- The evidence of a consent that was withdrawn; the objection stays while the account lives (R3b).
update register.marketing_choice as choice
set consent_at = null, evidence_ref = null
where choice.consent_at is not null and choice.objection_at is not null
  and privacy.expires_on(privacy.local_date(choice.objection_at), :months, :days) <= :business_date
  and not exists (
    select from held_row as held
    where held.source_id = choice.source_id and (held.key is null or held.key = choice.key)
  )

-- name: remove_old_changes
-- What is said of records that a merge has removed: the lists and parts that a row ceased to give.
delete from sync.field_change as change
using sync.field_change as removed
join sync.batch as batch on batch.id = removed.batch_id
where removed.rule = 'removed' and removed.field = '*'
  and change.record_type = removed.record_type and change.record_id = removed.record_id
  and privacy.expires_on(batch.business_date, :months, :days) <= :business_date

-- name: posting_days_over
select posted.day
from unnest(cast(:days as date[])) as posted (day)
join privacy.financial_year as year
  on year.controller = :controller and posted.day between year.first_day and year.last_day
where privacy.voucher_expires_on(year.last_day, :years) <= :business_date

-- name: spare_events
delete from doomed
using {table} as event
where doomed.record_type = '{record_type}' and doomed.record_id = event.id and ({stays})
