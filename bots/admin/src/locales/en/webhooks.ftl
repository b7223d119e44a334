webhooks-unhandled =
    { $count ->
        [0] ✔️ Every webhook found its payment.
       *[other] 📨 <b>Webhooks that fit no payment</b>

            A provider told of money that no invoice of this shop asked for: another shop with the same keys, or a database that was restored. Look at the provider; what is not ours is closed.
    }
webhooks-of-payment =
    { $count ->
        [0] 📨 No webhook came for this payment. That is fine: payments are found by asking, too.
       *[other] 📨 <b>Webhooks of this payment</b>
    }
webhook-title = 📨 <b>{ $provider }</b>
webhook-facts =
    { $key }
    🆔 <code>{ $reference }</code>
webhook-received = 🕓 Received: { $at }
webhook-handled = ✅ Handled: { $at }
webhook-open = ❔ Fits no payment
webhook-summary = <code>{ $text }</code>
webhook-replay = 🔁 Work on it again
webhook-close = ✔️ Seen to
webhook-payment = 💳 The payment
webhook-replayed =
    { $kind ->
        [replayed] 🔁 The provider is asked about the payment again. Its card shows the result in a moment.
        [no_payment] ❔ It fits no payment still. The provider is asked whether it is about money.
       *[unknown_webhook] 🤷 This webhook is not kept any more.
    }
webhook-closed =
    { $kind ->
        [closed] ✔️ Noted.
       *[already_closed] 👌 That is done already.
    }
webhooks-open = 📨 Webhooks
