history-open = 🧾 Payment history
history-title = 🧾 <b>Payment history</b>
history-none = No payments yet.
history-line =
    { $state } · { $title } · <b>{ $amount }</b>
    { $at } · { $method }
history-open-one = Press a payment to see all of it.
history-button = 🧾 { $at } · { $amount } · { $title }
history-refunded = ↩️ Refunded: { $amount }
payment-created = 🕓 not paid
payment-pending = 🕓 waiting for payment
payment-paid = ✅ paid
payment-canceled = ❌ failed
payment-expired = ⌛️ expired
payment-mismatch = ⚠️ being checked
payment-decided = ⚠️ amount differed, checked
payment-refunded = ↩️ refunded
history-card-title = 🧾 <b>{ $title }</b>
history-card-state = { $state }
history-card-amount = Amount: <b>{ $amount }</b>
history-card-off = Discount: { $off } · { $why }
history-card-method = Way to pay: { $method }
history-card-at = Date: { $at }
history-card-number = Number: <code>{ $id }</code>
history-card-again = 🔁 The same again
history-card-gone = 🤷 There is no such payment.
