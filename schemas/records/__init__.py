"""The record types, one module each; `schemas.catalogue` lists them."""
