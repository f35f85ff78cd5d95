-- One row per ITQ with a probable diagnosis and the PCL-5 total of the same person and service that lies nearest to it, at most
-- side_by_side_days away. Of two as near, the earlier. ITQs without such a PCL-5 are left out.
-- is_first: the first such ITQ of its episode. days_apart: PCL-5 less ITQ; negative: it came before.
-- index: service_code
with

itqs as (

    select int_scores_placed.*
    from int_scores_placed
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where int_scores_placed.measure_id = 'itq'
        and int_scores_placed.scale_id = 'diagnosis'
        and int_scores_placed.score_status = 'scored'
        and int_scores_placed.category is not null
        and int_scores_placed.episode_id is not null
        and dq_scores_set_aside.assessment_id is null

),

pcls as (

    select int_scores_placed.*
    from int_scores_placed
    left join dq_scores_set_aside
        on dq_scores_set_aside.assessment_id = int_scores_placed.assessment_id
        and dq_scores_set_aside.scale_id = int_scores_placed.scale_id
    where int_scores_placed.measure_id = 'pcl-5'
        and int_scores_placed.scale_id = 'total'
        and int_scores_placed.score_status = 'scored'
        and int_scores_placed.score is not null
        and int_scores_placed.episode_id is not null
        and dq_scores_set_aside.assessment_id is null

),

neighbours_ranked as (

    select
        itq.assessment_id,
        itq.episode_id,
        itq.person_key,
        itq.service_code,
        itq.assessed_day,
        itq.category as itq_diagnosis,
        pcl.assessment_id as pcl_assessment_id,
        pcl.score as pcl_total,
        pcl.assessed_day - itq.assessed_day as days_apart,
        row_number() over (
            partition by itq.assessment_id
            order by abs(pcl.assessed_day - itq.assessed_day), pcl.assessed_day, pcl.assessment_id
        ) as nth
    from itqs as itq
    cross join settings
    join pcls as pcl
        on pcl.person_key = itq.person_key
        and pcl.service_code = itq.service_code
        and pcl.episode_id = itq.episode_id
        and abs(pcl.assessed_day - itq.assessed_day) <= settings.side_by_side_days

)

select
    assessment_id,
    episode_id,
    person_key,
    service_code,
    itq_diagnosis,
    pcl_assessment_id,
    pcl_total,
    cast(days_apart as integer) as days_apart,
    case
        when row_number() over (partition by episode_id order by assessed_day, assessment_id) = 1 then 1
        else 0
    end as is_first
from neighbours_ranked
where nth = 1
