-- What is left of contracts that have gone: counts.

-- name: count_doomed_contracts
-- Those that MDO Group kept as controller; of a customer's own data it makes no statistics (GDPR 28(10)).
insert into register.contract_count as held (
  product_code, service_code, first_year, last_year, contracts, counted_on
)
select contract.product_code, contract.service_code, extract(year from contract.opened_on),
  extract(year from contract.terminated_on), count(*), :business_date
from doomed
join register.contract as contract on contract.id = doomed.record_id
where doomed.record_type = 'contract' and contract.processing_role = 'controller'
group by 1, 2, 3, 4
on conflict (product_code, service_code, first_year, last_year) do update
set contracts = held.contracts + excluded.contracts, counted_on = greatest(held.counted_on, excluded.counted_on)

-- name: remove_small_counts
-- A group that is still shown to nobody, so long after its last contract was added.
delete from register.contract_count as held
where not exists (
    select from register.contract_statistic as shown
    where (shown.product_code, shown.service_code, shown.first_year, shown.last_year)
      is not distinct from (held.product_code, held.service_code, held.first_year, held.last_year)
  )
  and privacy.expires_on(held.counted_on, :months, :days) <= :business_date

-- name: contract_statistic
select product_code, service_code, first_year, last_year, contracts
from register.contract_statistic
order by product_code nulls last, service_code nulls last, first_year nulls last, last_year nulls last
