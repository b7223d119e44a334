refund-open = ↩️ Refund…
refund-title = ↩️ <b>Refund</b>
refund-left = Can be refunded: <b>{ $amount }</b>
refund-takes =
    { $days ->
        [0] The time it paid for has passed: access stays as it is, and the cost is yours.
        [one] A full refund takes the { $days } paid day that is left. A partial one takes the same share of all the time, from its end.
       *[other] A full refund takes the { $days } paid days that are left. A partial one takes the same share of all the time, from its end.
    }
refund-takes-gift =
    { $state ->
        [waiting] 🎁 A gift that nobody has activated yet. Any refund ends it: the link stops working, and what is not refunded becomes the giver's balance.
        [activated] 🎁 A gift. { $days ->
            [0] Its time has passed: the recipient's access stays as it is, and the cost is yours.
            [one] A full refund takes the { $days } day that the recipient has left, a partial one the same share of all the time, from its end.
           *[other] A full refund takes the { $days } days that the recipient has left, a partial one the same share of all the time, from its end.
        }
        [returned] 🎁 A gift that went back to the giver's balance. The refund takes the money from there, and no more than is left there.
       *[refunded] 🎁 The gift has ended with a refund.
    }
refund-takes-addon =
    { $isOver ->
        [true] The period that { $what } was for is over: the access does not change, and the cost is yours.
       *[false] A full refund takes { $what } away, a partial one the same share, in whole devices or gigabytes.
    }
refund-ends-addons =
    { $count ->
        [one] ➕ { $count } add-on ends with this time. If its money is to go back too, refund its payment first.
       *[other] ➕ { $count } add-ons end with this time. If their money is to go back too, refund their payments first.
    }
refund-takes-bonus = With a full refund, the friend who invited the customer loses the bonus days.
refund-nothing = There is nothing to refund.
refund-only-by-hand = This provider does not refund when the shop asks. Refund it yourself, in its app or dashboard, then press the button: the books and the access follow.
refund-send = ↩️ Refund { $amount }
refund-send-balance = 💰 Refund { $amount } to the balance
refund-by-hand = ✍️ I refunded { $amount } myself
refund-other = Another amount…
refund-look = 🔄 Refresh
refund-confirm =
    ↩️ <b>Refund { $amount }?</b>

    The same share of all the paid time is taken off its end, and the customer is told.
refund-amount-ask = How much? Write the amount, for example 150 or 150.50
refund-amount-wrong = It must be an amount up to { $most }, for example 150 or 150.50. Write it again.
refund-result =
    { $kind ->
        [requested] 🕓 The provider is asked for the refund. You are told when it is done.
        [booked] ✅ Booked. The customer was told.
        [already_requested] 👌 That was asked for before.
        [another_open] 🕓 Another refund of this payment is on its way: wait until it is done.
        [too_much] 🤷 Part of it was refunded meanwhile: see what is left.
        [only_by_hand] ✍️ This provider does not refund when asked: do it by hand.
        [only_whole] This provider refunds a whole payment or nothing.
       *[nothing_to_refund] 👌 There is nothing to refund.
    }
refund-line = { $icon } { $amount } · { $at } · { $state ->
        [requested] the provider is being asked
        [pending] the provider is refunding
        [done] refunded
       *[failed] not refunded
    }
refund-reason = <i>{ $reason }</i>
