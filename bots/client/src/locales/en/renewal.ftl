renewal-open = 🔁 Auto-renewal
renewal-title =
    { $state ->
        [on] 🔁 <b>Auto-renewal is on</b>
       *[off] 🔁 <b>Auto-renewal is off</b>
    }
renewal-what =
    “{ $title }”: { $price } for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
renewal-next =
    { $source ->
        [card] 💳 Next charge: { $at }, { $card }
       *[balance] 💰 Next charge to your balance: { $at }
    }
renewal-stars =
    ⭐ Telegram charges { $amount } every { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. Cancel here or in Telegram settings.

    Next charge: { $at }. Your access lasts a day longer, in case Telegram is late. The price stays as you agreed until you cancel, even if ours changes.
renewal-stars-canceled = ⭐ Canceled: Telegram charges no more stars. What you paid for stays yours; the stars cover the time until { $at }.
renewal-stars-allowed = ⭐ To have stars charged again, open Telegram: Settings → My Stars, choose this subscription and renew it before { $at }. Telegram does not let bots do it for you.
renewal-stars-allow = ⭐ Bring { $amount } every 30 days back
renewal-missing = ⚠️ Your balance lacks { $missing }. Top it up before the charge.
renewal-consent =
    Once it is on, we take the price from { $from ->
        [either] your card or your balance, as you choose,
       *[balance] your balance
    } 12 hours before the subscription ends{ $when ->
        [known] , first on { $at }
       *[unknown] { "" }
    }.

    3 days and 1 day before, we tell you how much and when. We never take more than we said. You can turn it off at any time with one tap.
renewal-save-card = 💳 Prefer a card? The next time you pay, press “Save the card” under the invoice.
renewal-off-because =
    { $reason ->
        [card_expired] Your card has expired, and we have removed it. Pay with another card and save it, or let us charge your balance.
        [card_revoked] The bank no longer lets us charge it, and we have removed the saved card. Pay by hand and save a card again, or let us charge your balance.
        [failed] No charge went through. Pay by hand to keep your access; then you can turn auto-renewal on again.
        [plan_gone] Your subscription is not sold any more. Choose another one: we charge nothing for it without you.
        [stars_ended] Telegram has charged no stars: you canceled there, or there were not enough of them.
       *[refunded] Your last purchase was refunded, so we charge nothing by ourselves any more.
    }
renewal-no-plan =
    🔁 <b>Auto-renewal</b>

    There is nothing to renew yet: buy a subscription, and it can renew itself.
renewal-answer =
    { $kind ->
        [card_removed] 🗑 Removed. We can't charge it any more.
        [no_card] 💳 There is no saved card. Save one the next time you pay.
        [charging] ⏳ Your card is being charged right now. Wait for how it ends: we will write.
        [price_changed] ℹ️ The price has changed. Have another look before you turn it on.
        [ended] ⏰ Your subscription has ended. Renew it first.
        [in_telegram] 👉 One step is left, in Telegram itself: see below.
        [plan_gone] 🛒 This subscription is not sold any more.
       *[banned] 🚫 Your account is blocked. Write to support.
    }
renewal-on-card = ✅ Turn on: { $price } from { $card }
renewal-on-balance = ✅ Turn on: { $price } from the balance
renewal-change-card = 💳 Charge { $card } instead
renewal-change-balance = 💰 Charge the balance instead
renewal-remove-card = 🗑 Remove { $card }
card-title =
    { $title ->
        [SBP] SBP
       *[other] { $title }
    }
renewal-turn-off = ⏹ Turn off
renewal-top-up = ➕ Top up by { $missing }
renewal-pay-now = 💳 Pay now
notification-renewal-announced =
    🔁 <b>On { $at } we renew your subscription for { $amount }</b>

    { $source ->
        [card] The money is taken from { $card }.
       *[balance] The money is taken from your balance.
    } Changed your mind? Turn it off with one tap.
notification-renewal-dearer = ℹ️ The price has changed: it was { $was }, now it is { $now }.
notification-renewal-failed =
    ⚠️ <b>We could not renew your subscription</b>

    It costs { $amount }, and your balance lacks { $missing }. We try again on { $next }, or as soon as you top up.
notification-renewal-declined =
    ⚠️ <b>We could not renew your subscription</b>

    It costs { $amount }, { $card }: { $reason ->
        [insufficient_funds] there was not enough money
        [limit_exceeded] the bank's limit is used up
        [receipt_needed] without your e-mail we can't send the receipt, and without a receipt we can't charge
       *[other] the bank refused
    }. We try again on { $next }. To have it sooner, pay by hand.
notification-card-saved =
    { $renewal ->
        [on]
            💳 <b>Auto-renewal is on: { $card }</b>

            Your subscription renews itself. 3 days and 1 day before each charge, we tell you how much and when. You can turn it off at any time with one tap.
       *[off]
            💳 <b>Saved: { $card }</b>

            We charge nothing to it for now. Turn it on or remove it under Auto-renewal.
    }
notification-renewal-stopped = ⏹ <b>Auto-renewal has turned itself off</b>
notification-renewed-charged =
    { $source ->
        [stars] 🔁 Auto-renewal: Telegram charged { $amount }.
        [card] 🔁 Auto-renewal: { $amount } was taken from { $card }.
       *[balance] 🔁 Auto-renewal: { $amount } was taken from your balance.
    }
