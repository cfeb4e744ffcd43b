# A forwarder's list in German.
profile: spediteur
title: the list of a forwarder
map: Warennummer | Zolltarifnummer = hts
map: Ursprungsland = origin
map: Warenwert in USD = value
map: Einfuhrtag = entered
map: Bezeichnung der Ware = description
set: into = US
set: channel = commercial
ignore: Einkaufswert
