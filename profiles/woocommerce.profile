# WooCommerce: orders by item, as the extension "Customer/Order/Coupon Export" writes them in its format of
# one row an item. Some shops leave what belongs to the order in its first row alone. item_total is that of
# all of the item in the row, after discounts; item_subtotal that before. No export was at hand: the names are as
# the extension is known to write them, and want a check against one.
profile: woocommerce
title: WooCommerce, orders with one row an item
header: order_id, item_name, item_quantity, item_total

group: order_id
carry: order_number, order_currency, currency, shipping_first_name, shipping_last_name, shipping_company
carry: shipping_country

map: order_number | order_id = order
map: item_id = id
map: item_name = description
map: item_quantity = qty
map: item_total = value
map: order_currency | currency = currency
map: shipping_country = into
map: shipping_last_name = consignee

ignore: date, order_date, date_paid, date_completed, status, order_status, customer_id, customer_note
ignore: item_subtotal, item_subtotal_tax, item_total_tax, item_tax, item_price, item_refunded
ignore: item_refunded_qty, item_product_id, item_sku, item_meta, order_total, order_subtotal
ignore: order_tax_total, tax_total, shipping_total, shipping_tax_total, discount_total, cart_discount
ignore: order_discount, refunded_total, fee_total, fee_tax_total, payment_method, shipping_method
ignore: billing_first_name, billing_last_name, billing_company, billing_email, billing_phone
ignore: billing_address_1, billing_address_2, billing_postcode, billing_city, billing_state, billing_country
ignore: shipping_first_name, shipping_company, shipping_address_1, shipping_address_2, shipping_postcode
ignore: shipping_city, shipping_state
