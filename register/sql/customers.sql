-- Customers who leave.

-- name: end_contracts
-- Their own rule (R3) counts from there.
update register.contract
set terminated_on = :ends_on
where customer_id = :customer_id and terminated_on is null

-- name: list_ends
select customer.id as customer_id, customer.name, gone.ends_on, gone.choice, gone.returned_at, gone.certificate,
  privacy.expires_on(gone.ends_on, 0, :days) as due_on,
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
select customer.id as customer_id, customer.name, gone.ends_on, gone.choice,
  privacy.local_date(gone.returned_at) as returned_on
from privacy.customer_end as gone
join sync.customer as customer on customer.id = gone.customer_id
where gone.certificate is null and (gone.choice = 'delete' or gone.returned_at is not null)
  and privacy.expires_on(gone.ends_on, :months, :days) <= :business_date
  and not exists (
    select from privacy.hold as hold
    where hold.opened_on <= :business_date and (hold.ended_on is null or hold.ended_on >= :business_date)
      and (hold.customer_id = customer.id
        or hold.source_id in (select id from sync.source where source.customer_id = customer.id))
  )
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
