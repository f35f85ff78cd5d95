-- One row per loaded assessment record that stands, with the day it was filled in and whose it is.
-- A score sent against a contact, or an activity of one, takes both from the contact; one of a cluster assessment from that.
-- Where no such record was loaded, assessed_day is null and undated_reason says which was missing: no_care_activity, no_contact
-- or no_cluster; the score is then counted and not used. undated_reason null: dated.
-- A score that several submissions send of one activity, cluster assessment, or referral and day, is the latest submission's; where
-- the files do not say, the last file's. Superseded submissions are out.
-- index: assessment_id
with

activities_ranked as (

    select
        care_activity.*,
        row_number() over (
            partition by care_activity.service_code, care_activity.activity_ref
            order by
                coalesce(stg_rows_submitted.submission_order, 0) desc,
                care_activity.file_id desc,
                care_activity.row_number desc
        ) as nth_latest
    from care_activity
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = care_activity.file_id
        and stg_rows_submitted.row_number = care_activity.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

clusters_ranked as (

    select
        cluster_record.*,
        row_number() over (
            partition by cluster_record.service_code, cluster_record.cluster_ref
            order by
                coalesce(stg_rows_submitted.submission_order, 0) desc,
                cluster_record.file_id desc,
                cluster_record.row_number desc
        ) as nth_latest
    from cluster_record
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = cluster_record.file_id
        and stg_rows_submitted.row_number = cluster_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

),

copies_ranked as (

    select
        assessment_record.*,
        case
            when assessment_record.activity_ref is not null then 1
            when assessment_record.contact_ref is not null then 1
            when assessment_record.cluster_ref is not null then 1
            when stg_rows_submitted.submission_order is not null then 1
            else 0
        end as may_have_copies,
        -- scores of one form come as rows of one file: all of its copies rank the same
        rank() over (
            partition by
                assessment_record.service_code,
                assessment_record.measure_id,
                assessment_record.supplied_scale,
                assessment_record.activity_ref,
                assessment_record.contact_ref,
                assessment_record.cluster_ref,
                assessment_record.referral_ref,
                assessment_record.nhs_identity_key,
                assessment_record.local_identity_key,
                assessment_record.assessed_day
            order by
                coalesce(stg_rows_submitted.submission_order, 0) desc,
                case when stg_rows_submitted.submission_order is null then assessment_record.file_id else 0 end desc
        ) as nth_latest
    from assessment_record
    left join stg_rows_submitted
        on stg_rows_submitted.file_id = assessment_record.file_id
        and stg_rows_submitted.row_number = assessment_record.row_number
    where coalesce(stg_rows_submitted.is_superseded, 0) = 0

)

select
    copies_ranked.assessment_id,
    copies_ranked.file_id,
    copies_ranked.row_number,
    cast(
        case
            when copies_ranked.nhs_identity_key is not null or copies_ranked.local_identity_key is not null
                then copies_ranked.nhs_identity_key
            when copies_ranked.cluster_ref is not null then clusters_ranked.nhs_identity_key
            else stg_contacts_current.nhs_identity_key
        end as integer
    ) as nhs_identity_key,
    cast(
        case
            when copies_ranked.nhs_identity_key is not null or copies_ranked.local_identity_key is not null
                then copies_ranked.local_identity_key
            when copies_ranked.cluster_ref is not null then clusters_ranked.local_identity_key
            else stg_contacts_current.local_identity_key
        end as integer
    ) as local_identity_key,
    coalesce(copies_ranked.referral_ref, stg_contacts_current.referral_ref) as referral_ref,
    copies_ranked.service_code,
    copies_ranked.team,
    copies_ranked.measure_id,
    coalesce(
        copies_ranked.assessed_date, stg_contacts_current.contact_date, clusters_ranked.assessed_date
    ) as assessed_date,
    cast(
        coalesce(
            copies_ranked.assessed_day, stg_contacts_current.contact_day, clusters_ranked.assessed_day
        ) as integer
    ) as assessed_day,
    copies_ranked.coding,
    copies_ranked.items,
    copies_ranked.supplied_scale,
    copies_ranked.supplied_score,
    copies_ranked.goals_set,
    case
        when copies_ranked.assessed_day is not null then null
        when stg_contacts_current.contact_id is not null or clusters_ranked.cluster_record_id is not null then null
        when copies_ranked.contact_ref is not null then 'no_contact'
        when copies_ranked.activity_ref is null then 'no_cluster'
        when activities_ranked.care_activity_id is null then 'no_care_activity'
        else 'no_contact'
    end as undated_reason
from copies_ranked
left join activities_ranked
    on activities_ranked.service_code = copies_ranked.service_code
    and activities_ranked.activity_ref = copies_ranked.activity_ref
    and activities_ranked.nth_latest = 1
left join stg_contacts_current
    on stg_contacts_current.service_code = copies_ranked.service_code
    and stg_contacts_current.contact_ref = coalesce(copies_ranked.contact_ref, activities_ranked.contact_ref)
left join clusters_ranked
    on clusters_ranked.service_code = copies_ranked.service_code
    and clusters_ranked.cluster_ref = copies_ranked.cluster_ref
    and clusters_ranked.nth_latest = 1
where copies_ranked.may_have_copies = 0 or copies_ranked.nth_latest = 1
