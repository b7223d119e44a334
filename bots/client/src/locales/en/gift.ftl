gift-open = 🎁 Give as a gift
gift-title =
    🎁 <b>Give VPN as a gift</b>

    You pay, we send you a card with a link: forward it to anyone you like. Whoever opens the link first activates the gift.

    If nobody does within 90 days, the amount comes back to your balance. Changed your mind? Take the days for yourself.
gift-none-sold = There is nothing to give right now: nothing is on sale. Please look again a little later.
gift-for-somebody = 🎁 As a gift
gift-name = Gift: { $title }
gift-mine = 📦 My gifts
gift-description = { $shop }, subscription as a gift: { $title }
gift-invoice-steps =
    1. Press Pay and pay on the page that opens.
    2. Come back: the card with the link arrives by itself, usually within a minute.
gift-paid =
    ✅ <b>Paid, thank you!</b>

    🎁 The card with the link is in the message below.
gift-already-paid = ✅ This gift is already paid: nothing was charged twice.
gift-paid-heading = 🎉 <b>Your gift is ready!</b> Forward this card or the link.
gift-ends-soon = ⏳ <b>Nobody has activated your gift yet.</b> The link works until { $until }, then the amount comes back to your balance.
gift-card =
    🎁 <b>{ $title }</b>

    { $link }

    Whoever opens the link first activates the gift, until { $until }.
gift-card-heading = A gift for you
gift-card-scan = Scan the code to activate your gift
gift-card-until = Valid until { $until }
gift-invitation = A gift for you: VPN, { $title }. Open the link to activate it.
gift-send = 📨 Send
gift-keep = 🙋 Take it for myself
gift-list = 📦 <b>My gifts</b>
gift-list-none = 📦 You have given nothing yet.
gift-line =
    <b>{ $title }</b> · { $at }
    { $state ->
        [waiting] ⏳ waits until { $until }
        [activated] ✅ activated by { $name } on { $closed }
        [returned] ↩️ not activated, { $value } is on your balance since { $closed }
       *[refunded] ↩️ refunded on { $closed }
    }
gift-show = 🎁 { $title } · { $at }
gift-ask =
    🎁 <b>A gift from { $name }: { $title }</b>

    Activate { $days ->
        [one] { $days } day
       *[other] { $days } days
    }?
gift-own-ask =
    🎁 <b>This is your gift: { $title }</b>

    Take { $days ->
        [one] { $days } day
       *[other] { $days } days
    } for yourself? The link stops working then.
gift-ask-note = If you have a subscription, the days are added to it.
gift-activate = ✅ Activate
gift-activated =
    🎉 <b>Activated: +{ $days ->
        [one] { $days } day
       *[other] { $days } days
    }</b>

    Your subscription is active until { $until }. A message follows as soon as everything is ready.
gift-closed =
    { $kind ->
        [yours] 👌 You have activated this gift already.
        [taken] 😔 Somebody else has activated this gift.
        [returned] ⌛️ This gift is past its date.
        [refunded] ↩️ This gift was canceled: the money goes back to whoever bought it.
        [no_room] 😔 There are no free places right now. The gift is not lost: open the link a little later.
        [banned] 🚫 Your account is blocked. Please write to support.
       *[unknown] 🤔 There is no such gift. Check that the whole link was copied.
    }
notification-key-gift = 🎁 <b>Your gift is activated! The subscription is active until { $until }</b>
notification-gift-activated = 🎉 <b>{ $name } has activated your gift</b>. Thank you for sharing!
notification-gift-returned =
    ↩️ <b>Nobody activated your gift</b>

    { $amount } is on your balance: it pays for any subscription.
notification-gift-taken-back =
    ↩️ <b>The gift was canceled</b>

    Its money went back to whoever bought it. Your subscription is now active until { $until }.
