-- One row per service and referral for which a table of teams was loaded: the team and team type that stand for it.
-- Of several teams, one that did not turn the referral down comes first, then one of the types that NHS England's community rule
-- counts (it asks whether any team is), then the type that sorts first. Of copies, the latest submission's, else the last file's.
-- rejected_day: the last day that a team turned the referral down, where every one of them did; else null.
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
                case when rejected_day is null then 0 else 1 end,
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

),

referrals_rejected as (

    select
        service_code,
        referral_ref,
        max(rejected_date) as rejected_date,
        max(rejected_day) as rejected_day
    from copies_ranked
    where nth_latest = 1
    group by service_code, referral_ref
    having count(rejected_day) = count(*)

)

select
    teams_ranked.service_code,
    teams_ranked.referral_ref,
    teams_ranked.team_type,
    referrals_rejected.rejected_date,
    referrals_rejected.rejected_day
from teams_ranked
left join referrals_rejected
    on referrals_rejected.service_code = teams_ranked.service_code
    and referrals_rejected.referral_ref = teams_ranked.referral_ref
where teams_ranked.nth = 1
