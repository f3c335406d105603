-- Sources: what a dry run entered of a source that was not known before goes with it.

-- name: forget_unused_versions
delete from sync.source_version as version
where source_id = :source_id and not exists (select from sync.batch where source_version_id = version.id)

-- name: forget_unused_source
delete from sync.source
where id = :source_id
  and not exists (select from sync.source_version where source_id = :source_id)
  and not exists (select from sync.source_decision where source_id = :source_id)

-- name: forget_unused_customer
delete from sync.customer
where id = :customer_id and not exists (select from sync.source where customer_id = :customer_id)
