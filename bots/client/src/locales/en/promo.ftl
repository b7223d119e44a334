promo-open = 🎟 I have a code
promo-ask =
    🎟 <b>Your code</b>

    Write it here, as you got it.
promo-days =
    🎉 <b>The code gives you { $days ->
        [one] { $days } day
       *[other] { $days } days
    }</b>

    Your subscription is active until { $until }.
promo-balance =
    🎉 <b>The code gives you { $amount }</b>

    It is on your balance: it pays for any subscription.
promo-refused =
    { $kind ->
        [over] ⌛️ This code is over.
        [used_up] 😔 This code has been used up: others were quicker.
        [already_used] 👌 You have used this code already.
        [newcomers_only] This code is for those who buy for the first time.
        [banned] 🚫 Your account is blocked. Write to support.
       *[unknown] 🤔 There is no such code. Please look whether it is written exactly so.
    }
promo-again = 🎟 Write it again
