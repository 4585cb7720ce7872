#!/usr/bin/env bash
# Run once by the postgres image when its volume is empty: roles, schemas, passwords from secrets.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f /channelwise/schemas.sql
for role in engine owner app; do
  psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
    -v role="channelwise_$role" -v password="$(cat "/run/secrets/$role-password")" <<'SQL'
alter role :"role" password :'password';
SQL
done
