webhooks-unhandled =
    { $count ->
        [0] ✔️ Все уведомления касс нашли свои платежи.
       *[other] 📨 <b>Уведомления без платежа</b>

            Касса сообщила о деньгах, которых не просил ни один счёт магазина: другой магазин с теми же ключами или база из копии. Посмотрите в кабинете кассы; чужое закройте.
    }
webhooks-of-payment =
    { $count ->
        [0] 📨 Уведомлений об этом платеже не было. Это не страшно: платежи находятся и опросом.
       *[other] 📨 <b>Уведомления об этом платеже</b>
    }
webhook-title = 📨 <b>{ $provider }</b>
webhook-facts =
    { $key }
    🆔 <code>{ $reference }</code>
webhook-received = 🕓 Получено: { $at }
webhook-handled = ✅ Обработано: { $at }
webhook-open = ❔ Не подходит ни к одному платежу
webhook-summary = <code>{ $text }</code>
webhook-replay = 🔁 Обработать ещё раз
webhook-close = ✔️ Разобрано
webhook-payment = 💳 Платёж
webhook-replayed =
    { $kind ->
        [replayed] 🔁 Спрашиваем кассу о платеже ещё раз. Итог скоро появится на его карточке.
        [no_payment] ❔ Оно всё ещё не подходит ни к одному платежу. Спрашиваем кассу, есть ли там деньги.
       *[unknown_webhook] 🤷 Это уведомление больше не хранится.
    }
webhook-closed =
    { $kind ->
        [closed] ✔️ Отмечено.
       *[already_closed] 👌 Это уже сделано.
    }
webhooks-open = 📨 Уведомления касс
