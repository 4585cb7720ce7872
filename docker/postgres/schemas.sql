-- Roles and schemas of Channelwise in the current database. Run by a superuser, as often as wanted.
-- channelwise_engine owns the engine's schema, channelwise_owner migrates ours, channelwise_app reads
-- and writes rows there and nothing else. Passwords are set by whoever runs this file.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['channelwise_engine', 'channelwise_owner', 'channelwise_app'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
  end loop;
  execute format('revoke all on database %I from public', current_database());
  execute format(
    'grant connect on database %I to channelwise_engine, channelwise_owner, channelwise_app',
    current_database());
end
$$;

revoke all on schema public from public;

create schema if not exists camunda authorization channelwise_engine;
create schema if not exists channelwise authorization channelwise_owner;
grant usage on schema channelwise to channelwise_app;

-- Staging tables of COPY are temporary.
do $$
begin
  execute format('grant temporary on database %I to channelwise_app', current_database());
end
$$;

alter role channelwise_engine set search_path = camunda;
alter role channelwise_owner set search_path = channelwise;
alter role channelwise_app set search_path = channelwise;

alter default privileges for role channelwise_owner in schema channelwise
  grant select, insert, update, delete on tables to channelwise_app;
alter default privileges for role channelwise_owner in schema channelwise
  grant usage, select on sequences to channelwise_app;
