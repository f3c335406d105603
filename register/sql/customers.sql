-- Customers who leave.

-- name: end_counts_from
-- A fragment. An end that is written down afterwards gives no less time: a wrong day may be a year that was mistyped.
greatest(gone.ends_on, gone.recorded_on)

-- name: end_is_sure
-- A fragment: whether clocks go by an end. One that was written down afterwards waits until what was processed has gone, or
-- a mistyped year would end the rest of a customer at once. What is counted from is its last day in either case.
(gone.recorded_on <= gone.ends_on or privacy.expires_on(gone.recorded_on, :end_months, :end_days) < :business_date)

-- name: end_contracts
-- Of customers who have left; their own rule (R3) counts from there. Each night anew: a contract may have been delivered,
-- or delivered as open again, between the notice and the last day.
update register.contract as contract
set terminated_on = gone.ends_on
from privacy.customer_end as gone
where contract.customer_id = gone.customer_id and contract.terminated_on is null and gone.ends_on < :business_date
  and {sure}

-- name: forget_contract_hashes
update sync.source_row as held
set hash = null
from register.contract as contract
where contract.customer_id = :customer_id and contract.terminated_on = :ends_on
  and held.source_id = contract.source_id and held.key = contract.key

-- name: forget_contract_digests
-- What is read of a file is no longer what was read of it.
update sync.batch as batch
set digest = null
where batch.digest is not null and batch.source_id in (
  select source_id from register.contract where customer_id = :customer_id and terminated_on = :ends_on
)

-- name: open_contracts
update register.contract
set terminated_on = null
where customer_id = :customer_id and terminated_on = :ends_on

-- name: list_ends
select customer.id as customer_id, customer.name, gone.ends_on, gone.recorded_on, gone.choice, gone.returned_on,
  gone.certificate, privacy.expires_on({counts_from}, 0, :days) as due_on,
  array(select name from sync.source where source.customer_id = customer.id order by name) as sources,
  array(
    select distinct on (source.id) version.description
    from sync.source as source
    join sync.source_version as version on version.source_id = source.id
    where source.customer_id = customer.id
    order by source.id, version.id desc
  ) as descriptions
from privacy.customer_end as gone
join sync.customer as customer on customer.id = gone.customer_id
where cast(:name as text) is null or customer.name = :name
order by gone.ends_on, customer.name

-- name: find_due_customers
-- A hold on any row that is processed for it, or on any event, keeps all of it waiting: what is certified is whole.
select customer.id as customer_id, customer.name, gone.ends_on, gone.choice, gone.returned_on,
  privacy.expires_on({counts_from}, :months, :days) as due_on,
  exists (
    select from held_row join sync.source as source on source.id = held_row.source_id
    where source.customer_id = customer.id and 'processor' = (
      select version.description ->> 'role' from sync.source_version as version
      where version.source_id = source.id order by version.id desc limit 1
    )
  ) or exists (
    select from held_event left join sync.source as source on source.id = held_event.source_id
    where customer.id in (held_event.customer_id, source.customer_id)
  ) as held
from privacy.customer_end as gone
join sync.customer as customer on customer.id = gone.customer_id
where gone.certificate is null and (gone.choice = 'delete' or gone.returned_on is not null)
  and privacy.expires_on({counts_from}, :months, :days) <= :business_date
order by customer.name

-- name: doom_processed
insert into doomed (record_type, record_id, source_id, key)
select '{record_type}', id, source_id, key from {table} where customer_id = :customer_id and processing_role = 'processor'
on conflict do nothing

-- name: processed_sources
-- A fragment: the registers of a customer that we processed for it.
select source.id
from sync.source as source
where source.customer_id = :customer_id and 'processor' = (
  select version.description ->> 'role' from sync.source_version as version
  where version.source_id = source.id order by version.id desc limit 1
)

-- name: doom_processed_keys
insert into doomed_key (source_id, key)
select source_id, key from sync.source_row
where source_id in ({sources})

-- name: batches_of_processed
select id from sync.batch where source_id in ({sources})

-- name: remove_of_processed
delete from {table} where source_id in ({sources})

-- name: processed_records
select source.name, held.key, held.part, {fields}
from {table} as held
join sync.source as source on source.id = held.source_id
left join privacy.action_pseudonym as known on '{table}' = 'register.action'
  and known.customer_id = held.customer_id and to_jsonb(held) ->> 'user_id' = known.pseudonym
where held.customer_id = :customer_id and held.processing_role = 'processor'
order by source.name, held.key, held.part
