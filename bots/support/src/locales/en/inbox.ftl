inbox-opened =
    👌 Got it! Your ticket is <b>#{ $number }</b>.

    The answer comes right here. Add anything you like — all of it reaches us.
inbox-reopened = 🔓 Ticket <b>#{ $number }</b> is open again, your message has reached us.
inbox-uncopied =
    ⚠️ <b>The customer sent something that Telegram does not let us copy</b> ({ $kind }).

    { $text }
inbox-edited =
    ✏️ <b>Corrected message:</b>

    { $text }

edited-mark = ✏️ Edited

answer-undelivered-away = ⚠️ Not delivered: the customer blocked the support bot or deleted their account.
answer-undelivered-uncopyable = ⚠️ Not delivered: Telegram does not let such a message be copied. Please send it another way.
answer-kept-inside = 📝 This stays here: customers do not see messages that begin with “/”.
answer-taken-back = ↩️ It is a note now: the customer's copy is deleted. They may have read it already.
answer-not-taken-back = ⚠️ It is a note now, but the customer still has the earlier message: Telegram did not let us delete it. That works for 48 hours only.

too-fast = 🐢 Too many messages at once — the last ones did not reach us. Please wait a minute and send them again.
