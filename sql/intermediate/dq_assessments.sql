-- One row per scored questionnaire and rule of cross-checking that it breaks. The rules: src/store/quality-rules.ts.
-- index: assessment_id
with

questionnaires_of_people as (

    select
        int_assessments_placed.assessment_id,
        int_assessments_placed.person_key,
        int_assessments_placed.episode_id,
        int_assessments_resolved.assessed_day,
        substr(int_assessments_resolved.assessed_date, 1, 7) as month,
        persons.person_type,
        persons.birth_month,
        persons.death_day
    from int_assessments_placed
    join int_assessments_resolved
        on int_assessments_resolved.assessment_id = int_assessments_placed.assessment_id
    left join persons
        on persons.person_key = int_assessments_placed.person_key

),

questionnaires_of_unusual_teams as (

    select stg_assessments_dated.assessment_id
    from dq_team_codings
    join int_assessments_resolved
        on int_assessments_resolved.service_code = dq_team_codings.service_code
        and coalesce(int_assessments_resolved.team, '') = coalesce(dq_team_codings.team, '')
    join stg_assessments_dated
        on stg_assessments_dated.assessment_id = int_assessments_resolved.assessment_id
        and stg_assessments_dated.measure_id = dq_team_codings.measure_id
    where dq_team_codings.is_suspected = 1
        and dq_team_codings.is_confirmed = 0
        and case
            when stg_assessments_dated.items is not null then 'form'
            when stg_assessments_dated.supplied_scale like 'item^_%' escape '^' then 'item'
            when stg_assessments_dated.supplied_scale like 'goal^_%' escape '^' then 'item'
            else 'score'
        end = dq_team_codings.came_as

)

select 'score_after_death' as rule_code, assessment_id
from questionnaires_of_people
where assessed_day > death_day

union all

select 'score_before_birth' as rule_code, assessment_id
from questionnaires_of_people
where month < birth_month

union all

select 'score_outside_episode' as rule_code, assessment_id
from questionnaires_of_people
where person_type = 'patient' and episode_id is null

union all

select 'score_without_person' as rule_code, assessment_id
from questionnaires_of_people
where person_key is null

union all

select 'team_coding_differs' as rule_code, assessment_id
from questionnaires_of_unusual_teams

union all

select 'two_scores_same_day' as rule_code, assessment_id
from dq_scores_same_day
group by assessment_id
