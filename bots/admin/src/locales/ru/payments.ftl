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
        [happy_hours] счастливые часы
       *[win_back] за возвращение
    }
payment-received = 📥 Пришло: { $amount }
payment-surplus = ➕ Сверх того: { $amount }
payment-refunded = ↩️ Возвращено: { $amount }
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
payment-decide = 🧑‍⚖️ <b>Решает администратор.</b> Посмотрите платёж в кабинете кассы: деньги пришли — откройте клиента и добавьте дни, пришли не все — верните их. Потом нажмите «Решено».
recheck = 🔎 Проверить у кассы
recheck-result =
    { $kind ->
        [settled] ✅ Деньги пришли — подписка продлена.
        [already_settled] 👌 Этот платёж уже зачтён.
        [pending] 🕓 Касса говорит: ещё не оплачен.
        [canceled] ❌ Касса говорит: оплаты не будет.
        [mismatch] ⚠️ Пришла не та сумма. Ничего не выдано — решите с клиентом вручную.
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

            Деньги пришли не так, как ждали, и клиент ничего не получил. Откройте платёж — там сказано, что делать.
    }
undecided-open = 🧑‍⚖️ Платежи, которые ждут решения
payments-all = 💳 Все платежи
payment-top-up = пополнение баланса
