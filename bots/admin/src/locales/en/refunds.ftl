refund-open = ↩️ Refund…
refund-title = ↩️ <b>Refund</b>
refund-left = Can be given back: <b>{ $amount }</b>
refund-takes =
    { $days ->
        [0] The time that it paid for has passed: the access stays as it is, and the cost is yours.
        [one] Giving all of it back takes the last { $days } day that it paid for. A part takes as much of the time.
       *[other] Giving all of it back takes the { $days } days that are left of what it paid for. A part takes as much of the time.
    }
refund-takes-gift =
    { $state ->
        [waiting] 🎁 A gift that nobody has activated yet. Any refund ends it: the link stops working, and what is not given back becomes the giver's balance.
        [activated] 🎁 A gift. { $days ->
            [0] Its time has passed: the recipient's access does not change, the cost is yours.
            [one] All of it takes the { $days } day that the recipient has left, a part of it the same part.
           *[other] All of it takes the { $days } days that the recipient has left, a part of it the same part.
        }
        [returned] 🎁 A gift that went back to the giver's balance. The refund takes the money from there, and no more than is left there.
       *[refunded] 🎁 The gift has ended with a refund.
    }
refund-takes-addon =
    { $isOver ->
        [true] The period that { $what } was for is over: the access does not change, and the cost is yours.
       *[false] Giving all of it back takes { $what } away; a part of it takes the same part, in whole devices or gigabytes.
    }
refund-ends-addons =
    { $count ->
        [one] ➕ { $count } add-on ends with this time. If its money should go back too, refund its payment first.
       *[other] ➕ { $count } add-ons end with this time. If their money should go back too, refund their payments first.
    }
refund-takes-bonus = The friend who invited the customer loses the bonus days when all of it is given back.
refund-nothing = There is nothing to give back.
refund-only-by-hand = This provider does not give money back when the shop asks. Give it back yourself, in its app or cabinet, then press the button: the books and the access follow.
refund-send = ↩️ Give back { $amount }
refund-send-balance = 💰 Return { $amount } to the balance
refund-by-hand = ✍️ I gave back { $amount } myself
refund-other = Another amount…
refund-look = 🔄 Refresh
refund-confirm =
    ↩️ <b>Give back { $amount }?</b>

    As much of the time that it paid for is taken off, and the customer is told.
refund-amount-ask = How much? Write the amount, for example 150 or 150.50
refund-amount-wrong = It must be an amount up to { $most }, for example 150 or 150.50. Write it again.
refund-result =
    { $kind ->
        [requested] 🕓 The provider is asked to give it back. You are told when it is done.
        [booked] ✅ Booked. The customer was told.
        [already_requested] 👌 That was asked for before.
        [another_open] 🕓 Another refund of this payment is on its way: wait until it is done.
        [too_much] 🤷 Something was given back meanwhile: look what is left.
        [only_by_hand] ✍️ This provider gives nothing back when asked: do it by hand.
        [only_whole] This provider gives back all of a payment or nothing.
       *[nothing_to_refund] 👌 There is nothing to give back.
    }
refund-line = { $icon } { $amount } · { $at } · { $state ->
        [requested] the provider is being asked
        [pending] the provider is at it
        [done] given back
       *[failed] not given back
    }
refund-reason = <i>{ $reason }</i>
