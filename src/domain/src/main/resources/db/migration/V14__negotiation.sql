-- What we took for the partner's walk-away, and why each offer is what it is; null for deals that
-- were drafted before.

alter table deal
  add column partner_walk_away double precision check (partner_walk_away >= 0);

alter table deal_offer
  add column reason_en text,
  add column reason_zh text,
  add constraint deal_offer_reason check ((reason_en is null) = (reason_zh is null));
