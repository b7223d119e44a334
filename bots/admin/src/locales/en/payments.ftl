payments-title =
    { $count ->
        [0] 💳 No payments yet.
       *[other] 💳 <b>Payments</b>
    }
payment-title = { $icon } <b>{ $state ->
        [created] The invoice is being made
        [pending] Waiting to be paid
        [paid] Paid
        [canceled] Failed
        [expired] Expired
        [mismatch] Wrong amount
       *[refunded] Refunded
    }</b>
payment-amount = 💰 { $amount } · { $title }
payment-discount =
    🏷 { $off } off: { $cause ->
        [promo] code { $code }
        [personal] personal discount
        [group] a group's discount
        [happy_hours] happy hours
       *[win_back] for coming back
    }
payment-gift-title = 🎁 { $title } (gift)
payment-gift =
    { $state ->
        [waiting] 🎁 Nobody has activated the gift yet
        [activated] 🎁 The gift was activated by { $name }
        [returned] 🎁 Nobody activated it: the money is back on the giver's balance
       *[refunded] 🎁 The gift ended with a refund
    }
to-recipient = 👤 To the recipient
payment-received = 📥 Received: { $amount }
payment-surplus = ➕ Paid too much: { $amount }
payment-refunded = ↩️ Refunded: { $amount }
payment-difference =
    { $kind ->
        [missing] 🕳 Not paid at the provider: { $missing } missing
        [less] 📉 The provider has { $said }: { $missing } missing
        [unlike] 💱 The provider has { $said }
       *[refund_missing] ↩️ The provider refunded { $said }: { $missing } less than the books say
    }
payment-written-off = 🗑 Written off: { $amount }
payment-trouble = 🤔 { $kind ->
        [unclear] Unclear answer
        [unknown_invoice] Unknown to the provider
        [refused] The provider refuses
       *[unreachable] No answer
    }: <i>{ $said }</i>
payment-provider = 🏦 { $provider }
payment-customer = 👤 { $name }
payment-created = 🕓 Created: { $at }
payment-paid = ✅ Paid: { $at }
payment-id = 🆔 <code>{ $id }</code>
payment-decide = 🧑‍⚖️ <b>An admin decides.</b> Look the payment up at the provider. Give what was ordered, put the money on the balance, or refund it; if nothing came, press “Decided”.
payment-decide-difference =
    🧑‍⚖️ <b>An admin decides.</b> { $kind ->
        [refund_missing] Check whether the customer got the money, and refund it by hand if not. Then press “Decided”.
        [unlike] Compare the payment with the provider's account. Then press “Decided”.
       *[missing] Look the payment up at the provider, and ask again. If the money is not there, write it off: the customer keeps the subscription.
    }
recheck = 🔎 Ask the provider
recheck-result =
    { $kind ->
        [settled] ✅ The money is here — the subscription was extended.
        [already_settled] 👌 This payment was settled before.
        [differs] ⚖️ The provider still has something else.
        [agrees] 👌 The provider and the books agree.
        [pending] 🕓 The provider says: not paid yet.
        [canceled] ❌ The provider says: it will not be paid.
        [mismatch] ⚠️ The wrong amount came. Nothing was granted: it is for you to decide.
        [provider_unavailable] 😔 The provider does not answer. Try later — we keep checking, too.
       *[unknown_payment] 🤷 There is no such payment.
    }
payment-decided = ✔️ Decided on { $at }.
decide = ✔️ Decided
undecide = ↩️ Not decided after all
decide-result =
    { $kind ->
        [decided] ✔️ Noted: this payment is decided.
        [undecided] ↩️ The payment waits for a decision again.
        [already_done] 👌 That is done already.
       *[nothing_to_decide] 👌 There is nothing to decide here.
    }
undecided-title =
    { $count ->
        [0] ✔️ Nothing to decide: every payment is clear.
       *[other] 🧑‍⚖️ <b>Waiting for a decision</b>

            The money is not where it should be. Open a payment to see what to do.
    }
undecided-open = 🧑‍⚖️ Payments that wait for a decision
payments-all = 💳 All payments
payment-top-up = balance top-up
accept-ordered = ✅ Give what was ordered
accept-balance = 👛 Put it on the balance
accept-ask-ordered =
    <b>Give what was ordered for what came?</b>

    { $name } paid { $came } instead of { $asked } for “{ $title }”.
    The customer gets “{ $title }” now and is told. The price becomes { $came }: that is what the books count as the sale, and what can be refunded.
accept-ask-balance =
    <b>Put what came on the balance?</b>

    { $name } paid { $came } instead of { $asked }. Nothing is sold: { $came } becomes the customer’s balance, and the customer is told.
accept-yes = ✅ Yes
accept-result =
    { $kind ->
        [accepted] ✅ Done, and the customer is told.
        [already_done] 👌 This payment is settled already.
        [nothing_held] 🤷 None of it is left: it was refunded or written off, or the books cannot hold it.
        [other_currency] 💱 It came in another currency than the price. Put it on the balance, or refund it.
        [refund_open] 🕓 It is being refunded. Wait until that is done.
       *[unknown_payment] 🤷 There is no such payment.
    }
write-off = 🗑 Write it off
write-off-ask =
    { $as ->
        [lost] <b>Write { $amount } off as a loss?</b>

            { $name } keeps the subscription. The books stop expecting this money from the provider, and it cannot be refunded.
       *[unclaimed] <b>Keep { $amount } as unclaimed?</b>

            { $name } gets nothing for it and is not told. The money leaves what waits for a decision, and it can be neither accepted nor refunded.
    }

    You can undo this.
write-off-yes = 🗑 Yes, write it off
undo-write-off = ↩️ Undo the write-off
write-off-result =
    { $kind ->
        [written_off] 🗑 Written off.
        [already_done] 👌 It is written off already.
        [refund_open] 🕓 It is being refunded. Wait until that is done.
        [nothing_to_write_off] 🤷 There is nothing to write off.
       *[unknown_payment] 🤷 There is no such payment.
    }
undo-write-off-result =
    { $kind ->
        [undone] ↩️ Undone: the payment waits for a decision again.
        [already_done] 👌 That is done already.
       *[unknown_payment] 🤷 There is no such payment.
    }
payments-filter =
    { $state ->
        [created] 🕓 Being made
        [pending] 🕓 Waiting
        [paid] ✅ Paid
        [canceled] ❌ Failed
        [expired] ⌛️ Expired
        [mismatch] ⚠️ Wrong sum
       *[refunded] ↩️ Refunded
    }
payments-any = all
payments-period =
    { $period ->
        [today] Today
        [week] 7 days
       *[month] 30 days
    }
payments-in-title =
    <b>Payments: { $filter }</b>

    { $count ->
        [0] No such payments.
       *[other] Newest first.
    }
