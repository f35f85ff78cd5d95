-- One row per pair of pairs_own of a single DIALOG item whose first form says whether more help is wanted with it.
-- pre_help, post_help: yes, no, or missing where the form left it out. post_help null: no last score.
-- index: service_code, scale_id
with

item_pairs as (

    select *, cast(substr(scale_id, 6) as integer) as item_number
    from pairs_own
    where measure_id = 'dialog' and scale_id like 'item%'

)

select
    item_pairs.episode_id,
    item_pairs.person_key,
    item_pairs.service_code,
    item_pairs.scale_id,
    case substr(first_forms.help_wanted, item_number, 1)
        when '1' then 'yes'
        when '0' then 'no'
        else 'missing'
    end as pre_help,
    case
        when item_pairs.post_assessment_id is null then null
        when substr(last_forms.help_wanted, item_number, 1) = '1' then 'yes'
        when substr(last_forms.help_wanted, item_number, 1) = '0' then 'no'
        else 'missing'
    end as post_help
from item_pairs
join assessment_record as first_forms
    on first_forms.assessment_id = item_pairs.pre_assessment_id
left join assessment_record as last_forms
    on last_forms.assessment_id = item_pairs.post_assessment_id
where first_forms.help_wanted is not null
