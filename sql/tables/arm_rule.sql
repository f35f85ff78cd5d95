-- One row per service and recorded word that the project says stands for an intervention arm. recorded_in: the fact of the
-- referral that holds it, one for all rules of a service: intervention, pathway or team.
-- A service without rules has its interventions for arms, by the names that they are recorded under.
create table arm_rule (
    service_code text not null,
    recorded_in text not null check (recorded_in in ('intervention', 'pathway', 'team')),
    recorded_as text not null,
    arm text not null,
    primary key (service_code, recorded_as)
)
