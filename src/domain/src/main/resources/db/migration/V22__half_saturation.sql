-- The spend in one cycle that brings half of what a channel can bring, where the user says so.

alter table channel
  add column half_saturation double precision
    check (half_saturation > 0 and half_saturation < 'infinity'::float8);
