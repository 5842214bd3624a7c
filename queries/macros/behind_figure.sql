-- question: Does a crime report stand behind a measure's figure (of a rate: in its denominator)?
-- Says again, by the report, what queries/measures says by the cube; a test holds the two equal.
create macro behind_figure(a_measure, an_offence, a_weapon, a_victim_kind, is_no_crime) as
    case
        when a_measure = 'child_abuse_no_crime_rate' then true
        when a_measure = 'victim_ethnicity_recorded' then not is_no_crime and a_victim_kind = 'person'
        else not is_no_crime
    end
    and case
        when a_measure in ('homicides', 'homicide_clear_up', 'homicide_clear_up_cohort')
            then an_offence in ('murder', 'manslaughter', 'infanticide')
        when a_measure = 'trident_murders' then an_offence in ('murder', 'manslaughter')
        when a_measure in ('trident_nonfatal_shootings', 'trident_nonfatal_detection')
            then an_offence = 'shooting_nonfatal'
        when a_measure = 'shootings'
            then
                an_offence = 'shooting_nonfatal'
                or (
                    a_weapon = 'firearm'
                    and an_offence in ('murder', 'manslaughter', 'attempted_murder')
                )
        when
            a_measure in (
                'gun_crime', 'gun_crime_detection', 'scd_gun_crime_detection', 'scd_share_of_gun_crime'
            )
            then a_weapon in ('firearm', 'imitation_firearm')
        when a_measure = 'knife_crime' then a_weapon = 'knife'
        when a_measure in ('commercial_robbery', 'commercial_robbery_detection')
            then an_offence = 'robbery_business'
        when a_measure = 'personal_robbery' then an_offence = 'robbery_personal'
        when a_measure = 'kidnaps' then an_offence = 'kidnap'
        when
            a_measure in ('child_abuse_offences', 'child_abuse_detection', 'child_abuse_no_crime_rate')
            then an_offence in ('child_cruelty', 'child_sexual', 'child_assault')
        when a_measure = 'victim_ethnicity_recorded' then true
        -- The rest are named as the one offence that they count.
        else an_offence = a_measure
    end
