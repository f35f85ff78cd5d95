-- One row per service and referral for which a table of teams was loaded: the team and team type that stand for it.
-- Of several teams, one that did not turn the referral down comes first, then one of the types that NHS England's community rule
-- counts (it asks whether any team is), then the type that sorts first. Of copies, the latest submission's, else the last file's.
-- index: service_code, referral_ref
with

copies_ranked as (

    select
        referral_team.*,
        row_number() over (
            partition by referral_team.service_code, referral_team.referral_ref, referral_team.team_ref
            order by
                coalesce(stg_rows_submitted.submission_order, 0) desc,
                referral_team.file_id desc,
                referral_team.row_number desc
        ) as nth_latest
    from referral_team
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = referral_team.file_id
        and stg_rows_submitted.row_number = referral_team.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

teams_ranked as (

    select
        *,
        row_number() over (
            partition by service_code, referral_ref
            order by
                is_rejected,
                case
                    when team_type in ('A05', 'A06', 'A08', 'A09', 'A12', 'A13', 'A14', 'A16') then 0
                    when team_type is not null then 1
                    else 2
                end,
                team_type,
                referral_team_id
        ) as nth
    from copies_ranked
    where nth_latest = 1

)

select
    service_code,
    referral_ref,
    team_type
from teams_ranked
where nth = 1
