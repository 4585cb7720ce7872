-- Segment sizes to weight the survey with, and the figures of an analysis as one document.
--
-- The figures are made in Java now. The tables research_demand, research_pain_point,
-- research_competition, research_trend, research_trend_point and research_opportunity and the view
-- survey_demand are written and read by the release before this one only; they stay so that it can
-- run beside this one, and a later migration drops them.

alter table survey_answer
  add column segment_population double precision
    check (segment_population >= 0 and segment_population < 'infinity'::float8);

-- Null when the release before made the figures: they are made anew when they are needed.
alter table research_part add column figures jsonb;
