# Shopify: Orders > Export. One row an item; what belongs to the order stands in its first row alone.
# The price is that of one item. Neither the origin nor the tariff code is in this export: columns that
# were added with names that we know are read (HS Code, Country of Origin), else --set or --map gives them.
profile: shopify
title: Shopify, export of orders
header: Name, Lineitem quantity, Lineitem name, Lineitem price

group: Name
carry: Currency, Shipping Name, Shipping Street, Shipping Address1, Shipping Address2, Shipping Company
carry: Shipping City, Shipping Zip, Shipping Province, Shipping Country, Shipping Phone

map: Name = order
map: Lineitem name = description
map: Lineitem quantity = qty
map: Shipping Country = into
map: Shipping Name = consignee
map: Currency = currency
value-from: [Lineitem price]*[Lineitem quantity]

# Of the whole order, or of its days; none is the value of an item or the day of entry.
ignore: Id, Email, Phone, Financial Status, Fulfillment Status, Paid at, Fulfilled at, Created at, Cancelled at
ignore: Subtotal, Shipping, Taxes, Total, Discount Code, Discount Amount, Refunded Amount
ignore: Outstanding Balance, Lineitem price, Lineitem compare at price, Lineitem discount, Lineitem sku
ignore: Lineitem requires shipping, Lineitem taxable, Lineitem fulfillment status, Shipping Method
ignore: Tax 1 Name, Tax 1 Value, Tax 2 Name, Tax 2 Value, Tax 3 Name, Tax 3 Value, Tax 4 Name, Tax 4 Value
ignore: Tax 5 Name, Tax 5 Value, Duties, Payment Method, Payment Reference, Payment ID, Payment References
ignore: Billing Name, Billing Street, Billing Address1, Billing Address2, Billing Company, Billing City
ignore: Billing Zip, Billing Province, Billing Country, Billing Phone, Billing Province Name
ignore: Shipping Street, Shipping Address1, Shipping Address2, Shipping Company, Shipping City, Shipping Zip
ignore: Shipping Province, Shipping Province Name, Shipping Phone, Accepts Marketing, Vendor, Tags, Notes
ignore: Note Attributes, Risk Level, Source, Employee, Location, Device ID, Receipt Number
