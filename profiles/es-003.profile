# ACE report ES-003, Entry Summary Line Tariff Details: one row a tariff number of each entry line. The
# columns are chosen by who runs the report, so that most of them may be missing.
profile: es-003
title: ACE report ES-003
header: Entry Summary Line Number
detect: yes

# The rows of one summary and line number are one line; those of chapter 99 say what was declared.
fold: tariff-rows
map: Entry Summary Number | Entry Number = shipment
map: Entry Summary Line Number = entry_line
map: Tariff Ordinal Number = ordinal
map: HTS Number - Full | HTS Number = hts
map: Line Tariff Goods Value Amount | Line Goods Value Amount = value
map: Line Tariff Duty Amount = declared
map: Line Tariff Quantity (1) = qty
map: Line Tariff UOM (1) Code = unit
map: Line Tariff Quantity (2) = qty2
map: Line Tariff UOM (2) Code = unit2
map: Line SPI Code = spi
map: Entry Date = entered
map: Importation Date = imported
map: Entry Type Code = entry_type
map: Country of Origin Code = origin
map: Country of Export Code = ship_from

# Known, and no answer turns on them. Neither the day of the summary nor that of liquidation is that of entry.
ignore: Entry Summary Date, Initial Entry Summary Create Date, Liquidation Date, Liquidation Status
ignore: Total Liquidated Duty Amount, Column 1 Current Primary Duty Rate
ignore: Importer Number, Importer Name, Port of Entry Code, Filer Name
ignore: Reconciliation Indicator, Post Summary Correction Indicator
ignore: Line Post Summary Correction Indicator, Control Status, Protest Number, Protest Status
ignore: Review Team Number, Manufacturer ID, Foreign Exporter ID
