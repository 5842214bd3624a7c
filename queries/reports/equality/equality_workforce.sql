-- question: Who works in each unit, as its last return says?
-- grain:    one row per unit with a return, of its last month
-- params:   none
-- returns:  unit_code, month, in_post, female, minority_ethnic
-- people:   female, minority_ethnic
-- source:   strength
select unit_code, month, in_post, female, minority_ethnic
from strength
qualify month = max(month) over (partition by unit_code)
order by unit_code
