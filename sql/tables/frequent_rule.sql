-- One row per event type of a rule that says who is a frequent attender: at_least so many uses, of all types of the rule
-- together, in a year of 365 days.
create table frequent_rule (
    rule_number integer not null,
    event_type text not null,
    at_least integer not null,
    primary key (rule_number, event_type)
)
