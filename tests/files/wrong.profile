# A slip in line 4.
profile: slip
map: HS = hts
map: Country of birth = orgin
