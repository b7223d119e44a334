receipt-open = 🧾 E-mail for receipts
receipt-ask =
    🧾 <b>Where should the receipt go?</b>

    By law we send a receipt for each payment. Write your e-mail here: we ask once, use it for receipts only, and forget it whenever you wish (/email).
receipt-email =
    🧾 <b>Receipts go to { $email }</b>

    To change the address, just write another one.
receipt-none-yet =
    🧾 <b>No e-mail for receipts yet</b>

    Write it here, and the next receipt goes there.
receipt-not-needed =
    🧾 <b>No e-mail is needed</b>

    This shop sends no receipts by e-mail.
receipt-forget = 🗑 Forget the address
receipt-forgotten = 🗑 The address is forgotten. We ask for it again before your next payment.
receipt-saved =
    ✅ <b>Receipts go to { $email }</b>

    If there is a slip in it, just write it again.
receipt-invalid = 🤔 That doesn't look like an e-mail. Please write it in Latin letters, like name@example.com.
receipt-go-on = 💳 Go on to the payment
