greeting =
    👋 <b>Hello, { $name }!</b> This is support.

    Tell us what happened — a person will answer, right here. A screenshot, a video, a voice message or a file is welcome.

    💡 It helps most to name your phone or computer and what exactly does not work.
greeting-open = 🎫 Ticket <b>#{ $number }</b> is open: just go on writing.
greeting-tickets = 🗂 My tickets
greeting-shop = 🛍 Back to the shop

tickets-title = 🗂 <b>My tickets</b>
tickets-line =
    <b>#{ $number }</b> · { $state ->
        [closed] ⚪️ closed
        [waiting] 🟡 waiting for your answer
       *[other] 🟢 we are on it
    } · { $at }
    <i>{ $subject }</i>
tickets-none = No tickets yet.
tickets-hint = To ask something else, just write here.
tickets-back = ‹ Back
