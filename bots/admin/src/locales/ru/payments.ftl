payments-title =
    { $count ->
        [0] 💳 Платежей пока не было.
       *[other] 💳 <b>Платежи</b>
    }
payment-title = { $icon } <b>{ $state ->
        [created] Счёт создаётся
        [pending] Ждёт оплаты
        [paid] Оплачен
        [canceled] Не прошёл
        [expired] Срок вышел
        [mismatch] Сумма не сошлась
       *[refunded] Возвращён
    }</b>
payment-amount = 💰 { $amount } · { $title }
payment-discount =
    🏷 Скидка { $off }: { $cause ->
        [promo] код { $code }
        [personal] личная
        [group] скидка группы
        [happy_hours] счастливые часы
       *[win_back] за возвращение
    }
payment-gift-title = 🎁 { $title } (подарок)
payment-gift =
    { $state ->
        [waiting] 🎁 Подарок ещё не активировали
        [activated] 🎁 Подарок активировал клиент { $name }
        [returned] 🎁 Никто не активировал: деньги вернулись на баланс дарителя
       *[refunded] 🎁 Подарок закрыт возвратом
    }
to-recipient = 👤 К получателю
payment-received = 📥 Пришло: { $amount }
payment-surplus = ➕ Сверх того: { $amount }
payment-refunded = ↩️ Возвращено: { $amount }
payment-difference =
    { $kind ->
        [missing] 🕳 У кассы не оплачено: не хватает { $missing }
        [less] 📉 У кассы { $said }: не хватает { $missing }
        [unlike] 💱 У кассы { $said }
       *[refund_missing] ↩️ Касса вернула { $said }: на { $missing } меньше, чем в книгах
    }
payment-written-off = 🗑 Списано: { $amount }
payment-trouble = 🤔 { $kind ->
        [unclear] Непонятный ответ
        [unknown_invoice] Касса не знает счёта
        [refused] Касса отказывает
       *[unreachable] Нет ответа
    }: <i>{ $said }</i>
payment-provider = 🏦 { $provider }
payment-customer = 👤 { $name }
payment-created = 🕓 Создан: { $at }
payment-paid = ✅ Оплачен: { $at }
payment-id = 🆔 <code>{ $id }</code>
payment-decide = 🧑‍⚖️ <b>Решает администратор.</b> Посмотрите платёж в кабинете кассы. Выдайте заказанное, зачислите деньги на баланс или верните их; если ничего не пришло, нажмите «Решено».
payment-decide-difference =
    🧑‍⚖️ <b>Решает администратор.</b> { $kind ->
        [refund_missing] Проверьте, получил ли клиент деньги, и если нет — верните их вручную. Затем нажмите «Решено».
        [unlike] Сверьте платёж с кабинетом кассы. Затем нажмите «Решено».
       *[missing] Найдите платёж в кабинете кассы и спросите её ещё раз. Если денег там нет, спишите их: подписка у клиента останется.
    }
recheck = 🔎 Проверить у кассы
recheck-result =
    { $kind ->
        [settled] ✅ Деньги пришли — подписка продлена.
        [already_settled] 👌 Этот платёж уже зачтён.
        [differs] ⚖️ У кассы по-прежнему другое.
        [agrees] 👌 У кассы то же, что в книгах.
        [pending] 🕓 Касса говорит: ещё не оплачен.
        [canceled] ❌ Касса говорит: оплаты не будет.
        [mismatch] ⚠️ Пришла не та сумма. Ничего не выдано: решать вам.
        [provider_unavailable] 😔 Касса не отвечает. Попробуйте позже — мы и сами проверяем.
       *[unknown_payment] 🤷 Такого платежа нет.
    }
payment-decided = ✔️ Решено { $at }.
decide = ✔️ Решено
undecide = ↩️ Вернуть в нерешённые
decide-result =
    { $kind ->
        [decided] ✔️ Отмечено: этот платёж решён.
        [undecided] ↩️ Платёж снова ждёт решения.
        [already_done] 👌 Это уже сделано.
       *[nothing_to_decide] 👌 Здесь решать нечего.
    }
undecided-title =
    { $count ->
        [0] ✔️ Решать нечего: по всем платежам всё ясно.
       *[other] 🧑‍⚖️ <b>Ждут решения</b>

            С деньгами что-то не так. Откройте платёж — там сказано, что делать.
    }
undecided-open = 🧑‍⚖️ Платежи, которые ждут решения
payments-all = 💳 Все платежи
payment-top-up = пополнение баланса
accept-ordered = ✅ Выдать заказанное
accept-balance = 👛 Зачислить на баланс
accept-ask-ordered =
    <b>Выдать заказанное за то, что пришло?</b>

    { $name }: пришло { $came } вместо { $asked } за «{ $title }».
    Клиент сразу получит «{ $title }» и узнает об этом. Ценой станет { $came }: столько в учёте считается продажей и столько можно вернуть.
accept-ask-balance =
    <b>Зачислить пришедшее на баланс?</b>

    { $name }: пришло { $came } вместо { $asked }. Ничего не продаётся: { $came } станет балансом клиента, и он узнает об этом.
accept-yes = ✅ Да
accept-result =
    { $kind ->
        [accepted] ✅ Готово, клиент узнает.
        [already_done] 👌 Этот платёж уже улажен.
        [nothing_held] 🤷 Здесь ничего не осталось: деньги вернули или списали, либо учёт не может их удержать.
        [other_currency] 💱 Пришла другая валюта. Зачислите на баланс или верните.
        [refund_open] 🕓 Деньги уже возвращаются. Дождитесь конца.
       *[unknown_payment] 🤷 Такого платежа нет.
    }
write-off = 🗑 Списать
write-off-ask =
    { $as ->
        [lost] <b>Списать { $amount } в убыток?</b>

            Подписка у { $name } останется. Книги перестанут ждать эти деньги от кассы, вернуть их будет нельзя.
       *[unclaimed] <b>Оставить { $amount } как невостребованные?</b>

            { $name } ничего за них не получит и об этом не узнает. Деньги уйдут из ожидающих решения: их нельзя будет ни зачесть, ни вернуть.
    }

    Это можно отменить.
write-off-yes = 🗑 Да, списать
undo-write-off = ↩️ Отменить списание
write-off-result =
    { $kind ->
        [written_off] 🗑 Списано.
        [already_done] 👌 Уже списано.
        [refund_open] 🕓 Деньги уже возвращаются. Подождите, чем это кончится.
        [nothing_to_write_off] 🤷 Списывать нечего.
       *[unknown_payment] 🤷 Такого платежа нет.
    }
undo-write-off-result =
    { $kind ->
        [undone] ↩️ Отменено: платёж снова ждёт решения.
        [already_done] 👌 Это уже сделано.
       *[unknown_payment] 🤷 Такого платежа нет.
    }
payments-filter =
    { $state ->
        [created] 🕓 Создаётся
        [pending] 🕓 Ждёт
        [paid] ✅ Оплачен
        [canceled] ❌ Не прошёл
        [expired] ⌛️ Срок вышел
        [mismatch] ⚠️ Не та сумма
       *[refunded] ↩️ Возвращён
    }
payments-any = все
payments-period =
    { $period ->
        [today] Сегодня
        [week] 7 дней
       *[month] 30 дней
    }
payments-in-title =
    <b>Платежи: { $filter }</b>

    { $count ->
        [0] Таких платежей нет.
       *[other] Сначала новые.
    }
