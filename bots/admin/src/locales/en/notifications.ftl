notification-sale =
    💰 <b>Sale: { $amount }</b>

    🏷 { $title }
    👤 { $name } · { $provider }
notification-topped-up =
    👛 <b>Balance top-up: { $amount }</b>

    👤 { $name } · { $provider }
notification-mismatch =
    ⚠️ <b>Wrong amount</b>

    👤 { $name } · { $title }
    { $amount } was asked, { $received } came ({ $provider }).
    Nothing was granted. Open the payment: give what was ordered, put the money on the balance, or refund it.
notification-access-stuck =
    ⏳ <b>{ $count ->
        [one] { $count } customer has paid and waits for a key
       *[other] { $count } customers have paid and wait for a key
    }</b>

    The first of them has waited since { $since }.
    🖥 { $known ->
        [noServer] No server is open.
        [noRoom] No server has room: add one or raise a capacity.
        [down] { $server } does not answer. { $own }
        [disabled] { $server } is disabled. { $own }
        [turn] { $server }: their turn has not come yet.
       *[said] { $server }: { $own }
    }

    We keep trying, and the customers were told.
notification-access-healed =
    { $server ->
        [none] ✅ There is room: nobody waits for a key any longer.
       *[other] ✅ { $server }: nobody waits for a key any longer.
    }
notification-server-down =
    🔴 <b>{ $server } does not answer</b>

    { $cause }

    No new keys are handed out on it, the rest waits for its return.
notification-endpoint-refused =
    🔑 <b>{ $server } refuses our login</b>

    { $cause }

    We try less and less often, so that the panel does not lock us out. Enter a new login and we try at once.
notification-endpoint-degraded =
    🟡 <b>{ $server }: not all that you sell there works</b>

    { $problems }

    Everything else on this server is given out as usual.
notification-server-up = 🟢 <b>{ $server }</b> answers again.
notification-nobody-served-full =
    🔴 <b>There is no room left</b>

    Every server that gives out subscription keys is full: whoever pays now gets no key until there is a place. Add a server or raise a capacity. Those who have waited longest get their keys first.
notification-nobody-served-no_server =
    🔴 <b>No server is open</b>

    Whoever pays now gets no key until there is a server. Add one, or open one that you have.
notification-room-runs-out =
    🟠 <b>Room is running out</b>

    { $people ->
        [one] { $people } more person gets a key
       *[other] { $people } more people get a key
    }, about { $days ->
        [one] { $days } day
       *[other] { $days } days
    } from now. Add a server or raise a capacity in time.
notification-provider-down =
    🟠 <b>{ $provider } doesn't answer</b>

    Customers are not offered it until it works again; we keep asking. It said: <i>{ $reason }</i>
notification-provider-up = 🟢 <b>{ $provider } works again</b>: customers are offered it.
notification-key-ends =
    🔑 <b>{ $provider }: the key works until { $until }</b>

    Make a new one in the provider's cabinet, put it into .env and run npm start: without it nobody can pay this way.
notification-nobody-can-pay =
    🔴 <b>Nobody can pay</b>

    None of the payment methods answers: customers read that payment is out of order. Check the keys in the file .env, and the providers' own news.
notification-payment-again = 🟢 <b>Customers can pay again</b>
notification-room-again =
    🟢 <b>There is room again</b>

    { $people ->
        [one] { $people } more person gets a key
       *[other] { $people } more people get a key
    }.
notification-backup-failed =
    💾 <b>The backup failed</b>

    <i>{ $reason }</i>
notification-sales =
    💰 <b>{ $count ->
        [one] { $count } sale
       *[other] { $count } sales
    } · { $total }</b>

    Since { $since } there have been so many that they are counted here.
notification-repeated = 🔁 { $count } times since { $since }.
notification-many = 🔁 { $count } such messages since { $since }; this is the latest.
notification-over = ✅ Over since { $at }.
notification-refused =
    ✉️ <b>{ $to ->
        [customers] Customers do not get a notification
       *[staff] Staff do not get a notification
    }</b>

    Telegram refuses “{ $what }”:
    <i>{ $reason }</i>

    Notifications of this kind are dropped until the text is fixed. You are reminded once a day.
notification-untold =
    📭 <b>{ $count ->
        [one] { $count } customer was not told something
       *[other] { $count } customers were not told something
    } for over an hour</b>

    The oldest waits since { $since }. The client bot is stopped or cannot send; what waits is sent when it is back.
notification-relay-stuck =
    🆘 <b>{ $count ->
        [one] { $count } support message does not arrive
       *[other] { $count } support messages do not arrive
    }</b>

    The oldest waits since { $since }.
    { $trouble ->
        [kicked] The support bot was removed from its group: bring it back as an administrator.
        [no_rights] The support bot lacks rights: make it an administrator who may manage topics.
        [not_forum] The support group has no topics: switch them on in its settings.
        [chat_missing] The support group is not found: check SUPPORT_GROUP_ID.
        [migrated] The support group has a new id: put it into SUPPORT_GROUP_ID.
       *[other] Telegram does not take them at this moment.
    }

    Nothing is lost: all of it arrives as soon as this is fixed.
notification-relay-healed = ✅ Support messages arrive again.
notification-agent-wanted =
    🧑‍💼 <b>{ $name }</b> writes in the support group without the role of an agent: customers do not see it.

    Give the role with the button under the message in the group, or in “Staff” (id <code>{ $id }</code>).
notification-paid-twice =
    👯 <b>Paid twice: { $amount }</b>

    👤 { $name } · { $title } · { $provider }
    The order had been paid before. Both payments count, the time was added and the customer was told — they may ask for a refund.
notification-refund-seen =
    ↩️ <b>Refunded: { $refunded }</b>

    👤 { $name } · { $title } · { $provider }
    The payment was { $amount }. The subscription goes on — decide whether it should.
notification-payment-differs =
    ⚖️ <b>The provider has something else than the books</b>

    👤 { $name } · { $title } · { $amount } · { $provider }
    { $said }

    Seen when the books were compared with the provider's list. The customer has what was paid for.
notification-refunded =
    ↩️ <b>Refunded: { $refunded }</b>

    👤 { $name } · { $title } · { $provider }
    The payment was { $amount }. What this money paid for was taken off, and the customer was told.
notification-payment-trouble =
    { $trouble ->
        [unclear] 🤔 <b>The provider's answer cannot be understood</b>
        [unknown_invoice] 🔍 <b>The provider has no such invoice</b>
        [refused] 🚫 <b>The provider would not say whether it was paid</b>
        [surplus] ➕ <b>More came than was asked</b> — the order was granted; settle the rest with the customer by hand
       *[unreachable] 🔌 <b>The provider never answered about an invoice</b>
    }

    👤 { $name } · { $title } · { $amount } · { $provider }
    <i>{ $said }</i>

    Look it up in the provider's own account: the customer may have paid.
notification-provider-refused =
    🚫 <b>{ $provider } refuses to work with the shop</b>

    <i>{ $sentence }</i>

    Customers are offered the other ways to pay. Check the keys and the settings of the account.
notification-cards-refused =
    💳 <b>{ $provider } lets the shop save or charge no cards</b>

    <i>{ $sentence }</i>

    Customers pay as usual; only auto-renewal from saved cards does not work. Ask the provider's manager to allow recurring payments.
notification-unmatched-payment =
    📮 <b>Money that the shop did not expect</b>

    { $provider } reports a paid invoice { $reference }, and no payment of the shop belongs to it. Find out whose it is.
notification-receipt-advice = 🧾 The receipt (54-FZ) was not accepted. Compare <code>YOOKASSA_VAT_CODE</code>, <code>YOOKASSA_TAX_SYSTEM</code>, <code>YOOKASSA_PAYMENT_SUBJECT</code> and <code>YOOKASSA_PAYMENT_MODE</code> in .env with the settings of your cash register. A part of a payment is refunded only to a customer whose e-mail is known (/email in the bot): otherwise refund it in YooKassa's dashboard.
notification-refund-failed =
    🚫 <b>A refund was not carried out</b>

    👤 { $name } · { $title } · { $amount } · { $provider }
    <i>{ $reason }</i>
    The customer keeps the access. Open the payment: try again, or refund it by hand and say so there.
notification-books-wrong =
    📕 <b>The books do not agree with themselves</b>

    <i>{ $what }</i>
    Sales and access go on. Keep a backup and show this line to whoever maintains the program.
notification-disk-full =
    💾 <b>The disk is almost full: { $free } left</b>

    Folder: <code>{ $folder }</code>
    Sales go on for now. Make room soon: first the nightly backup fails, then the database stops.
notification-disk-again = ✅ There is room on the disk again.
notification-channel-unreadable =
    📢 <b>The bot cannot see who is in “{ $title }”</b>
    Telegram says: { $reason }
    Everybody is let through meanwhile. Make the client bot an administrator of the channel again, or remove the channel.
notification-redis-down =
    🔌 <b>Redis does not answer</b>

    The shop goes on without it: only dialogs and limits are forgotten when a process restarts. Look at the machine of REDIS_URL.
notification-redis-up = ✅ Redis answers again.
