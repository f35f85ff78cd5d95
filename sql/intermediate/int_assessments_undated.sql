-- One row per loaded score that stands and has no date: it was sent against an activity or a cluster assessment that was not
-- loaded, or whose contact was not. It is counted here, and used nowhere else.
select
    assessment_id,
    file_id,
    row_number,
    service_code,
    team,
    measure_id,
    supplied_scale,
    undated_reason
from stg_assessments_dated
where undated_reason is not null
