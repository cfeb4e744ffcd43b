# Etsy: Shop Manager > Settings > Options > Download Data > Order Items (EtsySoldOrderItems). One row an
# item, whole in itself. Item Total is the price times the quantity; the price alone is that of one.
profile: etsy
title: Etsy, sold order items
header: Item Name, Item Total, Quantity, Order ID

map: Order ID = order
map: Transaction ID = id
map: Item Name = description
map: Quantity = qty
map: Item Total = value
map: Currency = currency
map: Ship Country = into
map: Ship Name = consignee

ignore: Sale Date, Date Paid, Date Shipped, Price, Discount Amount, Shipping Discount, Order Shipping
ignore: Order Sales Tax, Coupon Code, Coupon Details, VAT Paid by Buyer, Buyer, Listing ID, Variations
ignore: Order Type, Listings Type, Payment Type, InPerson Discount, InPerson Location, SKU
ignore: Ship Address1, Ship Address2, Ship City, Ship State, Ship Zipcode
