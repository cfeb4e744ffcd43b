# The Customs Tariff as table TPHS of the Canada Border Services Agency's Access file, saved as CSV or
# as a workbook. Items have 8 digits; the statistical numbers beneath them have 10 and say the units.
# Treatments that law/ca/jurisdiction.yaml does not name are not read.
profile: ca-tphs
title: Canada, table TPHS of the border agency
code: TARIFF
digits: 8
unit: UOM ?
from: EFF_DATE ?
dates: ymd
general: MFN
column2: General Tariff | GENERAL | GT
special: UST = UST
special: MXT = MXT
special: CEUT ? = CEUT
special: CPTPT ? = CPTPT
special: UKT ? = UKT
special: JT ? = JT
special: KRT ? = KRT
word: - =
