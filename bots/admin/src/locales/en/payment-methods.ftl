methods-title =
    { $count ->
        [0] 💳 <b>Payment methods</b>

            None: no provider's keys are in the file .env.
       *[other] 💳 <b>Payment methods</b>

            🟢 offered · 🔴 doesn't answer or isn't connected · 🙈 switched off. Customers see them in this order.
    }
method-title = 💳 <b>{ $name }</b>
method-whole = { $name }: all on its page
method-state =
    { $state ->
        [off] 🙈 Switched off: nobody is offered it
        [down] 🔴 Doesn't answer: hidden from customers until it does
        [absent] 🔴 Not in the provider's contract: not offered until the provider switches it on
       *[on] 🟢 Offered to customers
    }
method-well = ✅ Last worked: { $at }
method-failed = ⚠️ Last failed: { $at }: <i>{ $said }</i>
method-place = ↕️ Place: { $place } of { $count }
method-currencies = 💱 Takes: { $currencies }
method-percent =
    { $percent ->
        [none] 🧮 On top of the price: nothing
       *[other] 🧮 On top of the price: { $percent }%
    }
method-name = ✏️ { $language }: { $title }
method-hint = Changes are for new invoices. A plan is offered only where one of its prices can be taken.
method-hide = 🙈 Switch off
method-offer = 🟢 Offer
method-field-percent = 🧮 Fee or discount
method-field-title = ✏️ Name · { $language }
method-ask-percent = 🧮 <b>How much on top of the price, in per cent?</b> From −50 to 50: 5 is a fee, -5 a discount, 0 neither. Customers see it before they pay. Adding to the balance is without it: what is paid is what arrives.
method-ask-title = ✏️ <b>What is it called in { $language }?</b> Up to 40 characters; a dash (-) goes back to the usual name.
method-problem-percent = 🤔 Please send a whole number, −50 to 50.
method-problem-title = 🤔 A name has up to 40 characters.
