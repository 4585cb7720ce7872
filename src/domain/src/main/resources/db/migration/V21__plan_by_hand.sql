-- Plans that a person made up, beside those that the search found. Null for the latter.

alter table plan
  add column made_by text check (made_by <> ''),
  add column made_at timestamptz,
  add constraint plan_made_by_whom_and_when check ((made_by is null) = (made_at is null)),
  -- The search proposes, a person chooses: what a person made is neither.
  add constraint plan_by_hand_is_no_candidate
    check (made_by is null or (candidate is null and not recommended));
