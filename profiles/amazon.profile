# Amazon: the reports of all orders (by order date or last update), tabs between. One row an item, whole
# in itself. item-price is that of all of the item in the row, not of one.
profile: amazon
title: Amazon, report of all orders
header: amazon-order-id, product-name, quantity, item-price, ship-country

map: amazon-order-id = order
map: product-name = description
map: quantity = qty
map: item-price = value
map: currency = currency
map: ship-country = into

ignore: merchant-order-id, purchase-date, last-updated-date, order-status, fulfillment-channel
ignore: sales-channel, order-channel, url, ship-service-level, sku, asin, item-status
ignore: item-tax, shipping-price, shipping-tax, gift-wrap-price, gift-wrap-tax
ignore: item-promotion-discount, ship-promotion-discount, promotion-ids, price-designation
ignore: ship-city, ship-state, ship-postal-code, is-business-order, purchase-order-number
