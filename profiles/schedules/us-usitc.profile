# The Harmonized Tariff Schedule as the U.S. International Trade Commission exports it, as CSV. Its
# JSON is known without a profile. Depth stands in a column, so that lines take rates from those above.
profile: us-usitc
title: United States, export of the USITC (CSV)
code: HTS Number
indent: Indent
unit: Unit of Quantity
general: General Rate of Duty
special: Special Rate of Duty
column2: Column 2 Rate of Duty
