-- Events by channel, segment and type, so that attraction is read without touching the events.
-- Kept by a trigger in the transaction that adds them: whoever adds events, a server of the previous
-- release included, leaves the sums right, and an event that was there already is not counted again.

create table event_count (
  campaign_key text not null references campaign on delete cascade,
  channel      text not null,
  segment      text not null,
  type         text not null check (type in ('view', 'click', 'purchase')),
  events       bigint not null check (events > 0),
  primary key (campaign_key, channel, segment, type)
);

-- Ordered, so that two transactions meet at the same row first and wait instead of a deadlock.
create function count_events() returns trigger
  language plpgsql
  set search_path from current
as $$
begin
  insert into event_count (campaign_key, channel, segment, type, events)
  select campaign_key, channel, segment, type, count(*)
    from added
   group by campaign_key, channel, segment, type
   order by campaign_key, channel, segment, type
  on conflict (campaign_key, channel, segment, type) do update
    set events = event_count.events + excluded.events;
  return null;
end
$$;

-- Takes a lock that no writer passes until the sums below are there.
create trigger event_counted
  after insert on event
  referencing new table as added
  for each statement execute function count_events();

insert into event_count (campaign_key, channel, segment, type, events)
select campaign_key, channel, segment, type, count(*)
  from event
 group by campaign_key, channel, segment, type;
